import 'reflect-metadata'
import {IsIn, IsNotEmpty, IsObject, IsOptional, IsString, Matches, ValidateNested} from 'class-validator'
import {Type} from 'class-transformer'

import {ORIGINS, type Origin, WRITER_KINDS, type WriterKind} from './document-values.js'

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

/** Where a document comes from and what wrote it: the part of the metadata that every kind of document carries. */
export class Provenance {
  @IsIn(ORIGINS)
  origin!: Origin

  /** What wrote the text, with its version: `extractive-1`, `synthetic-1`, or a language model's name. */
  @IsString()
  @IsNotEmpty()
  llm_model!: string

  /** Documents of older stores have none: `writerOf` tells from what they have. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => WrittenBy)
  written_by?: WrittenBy

  /** Hash of everything the document was made from; equal hash, equal document. Absent in documents that ep23 did not make. */
  @IsOptional()
  @Matches(/^[0-9a-f]{64}$/u)
  source_sha256?: string

  @IsOptional()
  @IsString()
  run_id?: string

  @IsOptional()
  @IsString()
  trace_id?: string

  /** Synthetic documents: the generator with its version and seed, `ru-grammar-1 seed=23`. */
  @IsOptional()
  @IsString()
  generator?: string
}
