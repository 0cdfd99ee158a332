import 'reflect-metadata'
import {IsObject, IsOptional, IsString, MinLength, ValidateNested} from 'class-validator'
import {Type} from 'class-transformer'

/** A language model's judgement stored with a sample. Absent means unmeasured. */
export class LlmJudge {
  @IsString()
  @MinLength(1)
  judge_model!: string

  @IsOptional()
  @IsString()
  prompt_version?: string

  /** Score names to values from 0 to 1. */
  @IsObject()
  scores!: Record<string, number>

  @IsOptional()
  @IsString()
  verdict?: string
}

export class Quality {
  @IsOptional()
  @ValidateNested()
  @Type(() => LlmJudge)
  llm_judge?: LlmJudge
}
