import 'reflect-metadata'
import {
  IsIn,
  IsInt,
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
import {ORIGINS, type Origin} from '@ep23/plugin-dataset'
import {DOCUMENT_ID, IsRecordOf, LANGUAGE, LlmJudge} from '@ep23/plugin-dataset/entities'

const TIMESTAMP = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}(?:Z|\+00:00)$/u

class RecordMetadata {
  @IsRecordOf('boolean')
  feature_flags!: Record<string, boolean>

  /** What wrote the summary. */
  @IsString()
  @IsNotEmpty()
  llm_model!: string

  @IsIn(ORIGINS)
  origin!: Origin
}

class DigestRecordMetadata extends RecordMetadata {
  @IsInt()
  @Min(1)
  posts_count!: number

  @IsOptional()
  @IsNumber()
  @Min(0)
  time_range_hours?: number
}

class ReviewRecordMetadata extends RecordMetadata {
  /** In the team's layout: the channel once more. */
  @IsOptional()
  @IsString()
  assignment_id?: string

  @IsInt()
  @Min(1)
  passes_count!: number

  /** In the team's layout, where the report says whom it is about. */
  @IsOptional()
  @IsString()
  student_id?: string
}

/** Judgements stored with the sample; empty means unmeasured. */
export class GroundTruth {
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => LlmJudge)
  llm_judge?: LlmJudge
}

/** What every line of an export holds. The names are those that the team's tools read. */
class SampleRecord {
  @Matches(/^@[a-z0-9_]{4,32}$/u)
  channel!: string

  @IsObject()
  @ValidateNested()
  @Type(() => GroundTruth)
  ground_truth!: GroundTruth

  @Matches(LANGUAGE)
  language!: string

  /** Measured; absent where nothing was measured. */
  @IsOptional()
  @IsNumber()
  @Min(0)
  latency_seconds?: number

  @Matches(DOCUMENT_ID)
  sample_id!: string

  /** What was summarised. */
  @IsString()
  source_text!: string

  @IsString()
  @IsNotEmpty()
  summary_markdown!: string

  @Matches(TIMESTAMP)
  timestamp!: string
}

/** One daily digest: the posts' texts and what was made of them. */
export class DigestRecord extends SampleRecord {
  @IsObject()
  @ValidateNested()
  @Type(() => DigestRecordMetadata)
  metadata!: DigestRecordMetadata
}

/** One review report: its passes and the synthesis made of them. */
export class ReviewRecord extends SampleRecord {
  @IsObject()
  @ValidateNested()
  @Type(() => ReviewRecordMetadata)
  metadata!: ReviewRecordMetadata
}
