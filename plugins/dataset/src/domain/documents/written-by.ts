import 'reflect-metadata'
import {IsIn, IsNotEmpty, IsOptional, IsString} from 'class-validator'

import {WRITER_KINDS, type WriterKind} from './writer-kinds.js'

/** Who wrote a document's text. */
export class WrittenBy {
  /** `model`: a language model that ep23 asked; `team`: another program or its people; `person`: somebody by hand. */
  @IsIn(WRITER_KINDS)
  kind!: WriterKind

  /** The model's name as it was asked for, `extractive`, `rules`, the generator's name, or the team's program. */
  @IsString()
  @IsNotEmpty()
  name!: string

  /** Of the writer's own rules: a prompt's version for a model. */
  @IsOptional()
  @IsString()
  version?: string
}
