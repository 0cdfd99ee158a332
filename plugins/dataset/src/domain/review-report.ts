import 'reflect-metadata'
import {
  ArrayMinSize,
  IsArray,
  IsDate,
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

import {DOCUMENT_ID, LANGUAGE} from './document-values.js'
import {IsRecordOf, LlmJudge} from './quality.js'
import {Provenance} from './provenance.js'

export class Finding {
  @IsString()
  @IsNotEmpty()
  title!: string

  @IsString()
  description!: string
}

/** One look at the digest: structure, coverage, language or redundancy. */
export class ReviewPass {
  @IsString()
  @IsNotEmpty()
  pass_name!: string

  @IsString()
  summary!: string

  @IsArray()
  @IsString({each: true})
  recommendations!: string[]

  @IsArray()
  @IsObject({each: true})
  @ValidateNested({each: true})
  @Type(() => Finding)
  findings!: Finding[]

  /** What the pass computed, by name; shares are from 0 to 1. Absent when there was nothing to compute. */
  @IsOptional()
  @IsRecordOf('number')
  scores?: Record<string, number>
}

/** Its `source_sha256` is of the reviewed digest's summary and posts. */
export class ReviewMetadata extends Provenance {
  @IsRecordOf('boolean')
  feature_flags!: Record<string, boolean>

  @IsOptional()
  @IsNumber()
  @Min(0)
  latency_seconds?: number

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => LlmJudge)
  llm_judge?: LlmJudge
}

export class ReviewBody {
  @IsString()
  @IsNotEmpty()
  synthesis!: string

  @IsArray()
  @ArrayMinSize(1)
  @IsObject({each: true})
  @ValidateNested({each: true})
  @Type(() => ReviewPass)
  passes!: ReviewPass[]

  @IsObject()
  @ValidateNested()
  @Type(() => ReviewMetadata)
  metadata!: ReviewMetadata
}

/** The review of one digest; natural key `report_id` = the digest's id. */
export class ReviewReport {
  @Matches(DOCUMENT_ID)
  report_id!: string

  /** The channel whose digest was reviewed. */
  @IsString()
  @IsNotEmpty()
  assignment_id!: string

  /** Whom the team's report is about, where it says so. */
  @IsOptional()
  @IsString()
  student_id?: string

  @Matches(LANGUAGE)
  language!: string

  @Type(() => Date)
  @IsDate()
  created_at!: Date

  @IsObject()
  @ValidateNested()
  @Type(() => ReviewBody)
  report!: ReviewBody
}
