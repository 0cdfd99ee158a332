import 'reflect-metadata'
import {IsNotEmpty, IsObject, IsOptional, IsString, ValidateNested, ValidateBy, buildMessage} from 'class-validator'
import {Type} from 'class-transformer'

export const IS_RECORD_OF = 'isRecordOf'

/** Decorator: an object whose values are all finite numbers (or all booleans), as score tables and feature flags are. */
export function IsRecordOf(kind: 'number' | 'boolean'): PropertyDecorator {
  return ValidateBy({
    name: IS_RECORD_OF,
    constraints: [kind],
    validator: {
      validate: value => isRecordOf(value, kind),
      defaultMessage: buildMessage(
        each => `${each}$property must be an object whose values are all of type $constraint1`,
      ),
    },
  })
}

function isRecordOf(value: unknown, kind: 'number' | 'boolean'): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Date) return false
  return Object.values(value).every(entry => typeof entry === kind && (kind === 'boolean' || Number.isFinite(entry)))
}

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
