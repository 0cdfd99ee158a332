import 'reflect-metadata'
import {IsNotEmpty, IsObject, IsOptional, IsString, ValidateNested} from 'class-validator'
import {Type} from 'class-transformer'

import {IsRecordOf} from './is-record-of.js'

/** A language model's judgement stored with a sample. Absent means unmeasured. */
export class LlmJudge {
  @IsString()
  @IsNotEmpty()
  judge_model!: string

  @IsOptional()
  @IsString()
  prompt_version?: string

  /** Score names to values from 0 to 1. */
  @IsRecordOf('number')
  scores!: Record<string, number>

  @IsOptional()
  @IsString()
  verdict?: string
}

export class Quality {
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => LlmJudge)
  llm_judge?: LlmJudge
}
