import 'reflect-metadata'
import {IsIn, IsNotEmpty, IsOptional, IsString} from 'class-validator'

/** Kinds of writers in the order of their worth; a team's document and a person's are worth the same. */
export const WRITER_KINDS = ['synthetic', 'extractive', 'model', 'team', 'person'] as const
export type WriterKind = (typeof WRITER_KINDS)[number]

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
