import 'reflect-metadata'
import {
  ArrayMinSize,
  IsArray,
  IsDate,
  IsIn,
  IsNotEmpty,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Min,
  ValidateNested,
} from 'class-validator'
import {Type} from 'class-transformer'

import {IsRecordOf} from './is-record-of.js'
import {LANGUAGE} from './language.js'
import {ORIGINS, type Origin} from './origin.js'
import {Post} from './post.js'
import {Quality} from './quality.js'

export class DigestMetadata {
  @IsIn(ORIGINS)
  origin!: Origin

  /** What wrote the summary, with its version: `extractive-1`, `synthetic-1`, or a language model's name. */
  @IsString()
  @IsNotEmpty()
  llm_model!: string

  @IsNumber()
  @Min(0)
  time_range_hours!: number

  /** Hash of everything the digest was made from; equal hash, equal digest. */
  @Matches(/^[0-9a-f]{64}$/u)
  source_sha256!: string

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

/** One channel's digest of one calendar day; natural key `digest_id` = `<channel>:<YYYY-MM-DD>`. */
export class Digest {
  @Matches(/^@[a-z0-9_]{4,32}:\d{4}-\d{2}-\d{2}$/u)
  digest_id!: string

  @Matches(/^@[a-z0-9_]{4,32}$/u)
  channel!: string

  @Matches(LANGUAGE)
  language!: string

  @IsString()
  @IsNotEmpty()
  summary_markdown!: string

  @IsArray()
  @ArrayMinSize(1)
  @IsObject({each: true})
  @ValidateNested({each: true})
  @Type(() => Post)
  posts!: Post[]

  @IsRecordOf('boolean')
  feature_flags!: Record<string, boolean>

  /** Measured time it took to write the summary. Absent where nothing was measured. */
  @IsOptional()
  @IsNumber()
  @Min(0)
  latency_seconds?: number

  /** The end of the digest's local day: when the digest was due, the same in every run. */
  @Type(() => Date)
  @IsDate()
  created_at!: Date

  @IsObject()
  @ValidateNested()
  @Type(() => DigestMetadata)
  metadata!: DigestMetadata

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => Quality)
  quality?: Quality
}
