import 'reflect-metadata'
import {
  ArrayMinSize,
  IsArray,
  IsDate,
  IsIn,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator'
import {Type} from 'class-transformer'

import {ORIGINS, type Origin} from './origin.js'
import {LlmJudge} from './quality.js'

export class Finding {
  @IsString()
  @MinLength(1)
  title!: string

  @IsString()
  description!: string
}

/** One look at the digest: structure, coverage, language or redundancy. */
export class ReviewPass {
  @IsString()
  @MinLength(1)
  pass_name!: string

  @IsString()
  summary!: string

  @IsArray()
  @IsString({each: true})
  recommendations!: string[]

  @IsArray()
  @ValidateNested({each: true})
  @Type(() => Finding)
  findings!: Finding[]
}

export class ReviewMetadata {
  @IsString()
  @MinLength(1)
  llm_model!: string

  @IsObject()
  feature_flags!: Record<string, boolean>

  @IsOptional()
  @IsNumber()
  @Min(0)
  latency_seconds?: number

  @IsOptional()
  @ValidateNested()
  @Type(() => LlmJudge)
  llm_judge?: LlmJudge

  @IsIn(ORIGINS)
  origin!: Origin

  /** Hash of the reviewed digest's summary and posts. */
  @Matches(/^[0-9a-f]{64}$/u)
  source_sha256!: string

  @IsOptional()
  @IsString()
  run_id?: string

  @IsOptional()
  @IsString()
  trace_id?: string

  @IsOptional()
  @IsString()
  generator?: string
}

export class ReviewBody {
  @IsString()
  @MinLength(1)
  synthesis!: string

  @IsArray()
  @ArrayMinSize(1)
  @ValidateNested({each: true})
  @Type(() => ReviewPass)
  passes!: ReviewPass[]

  @ValidateNested()
  @Type(() => ReviewMetadata)
  metadata!: ReviewMetadata
}

/** The review of one digest; natural key `report_id` = the digest's id. */
export class ReviewReport {
  @Matches(/^@[a-z0-9_]{4,32}:\d{4}-\d{2}-\d{2}$/u)
  report_id!: string

  /** The channel whose digest was reviewed. */
  @IsString()
  @MinLength(1)
  assignment_id!: string

  @IsString()
  @MinLength(2)
  language!: string

  @Type(() => Date)
  @IsDate()
  created_at!: Date

  @ValidateNested()
  @Type(() => ReviewBody)
  report!: ReviewBody
}
