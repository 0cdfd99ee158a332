import type {WriterFlags} from '../adapters/writers/open-writer.js'
import type {LlmJudgeFlags} from '../adapters/judges/llm/llm-judge-flags.js'
import type {RunLimits} from '../usecases/run/run-request.js'
import {llmJudgeOptions, type ParsedJudgeFlags} from './llm-judge-options.js'

/** The flags of `runFlags` as a command parsed them. */
export interface ParsedRunFlags extends ParsedJudgeFlags {
  scenario: string
  dataset: string
  judge?: string | undefined
  limit?: number | undefined
  'judge-repeats': number
  'answer-repeats': number
  'answer-writer'?: string | undefined
  'answer-temperature'?: number | undefined
  'answer-prompt-price'?: number | undefined
  'answer-completion-price'?: number | undefined
  'fail-on-warn': boolean
  'allow-undecided': boolean
  'require-calibration': boolean
  'require-proof': boolean
  'max-cost'?: number | undefined
  'max-tokens'?: number | undefined
  'max-minutes'?: number | undefined
  'sample-timeout': number
}

/** A run as it was asked for, whatever command asked. */
export interface AskedRun {
  scenario: string
  dataset: string
  judge: string | undefined
  limit: number | undefined
  judgeRepeats: number
  answers: WriterFlags & {repeats: number; writer: string | undefined}
  limits: RunLimits
  failOnWarn: boolean
  allowUndecided: boolean
  requireCalibration: boolean
  requireProof: boolean
  llm: LlmJudgeFlags
}

export function askedRun(flags: ParsedRunFlags): AskedRun {
  return {
    scenario: flags.scenario,
    dataset: flags.dataset,
    judge: flags.judge,
    limit: flags.limit,
    judgeRepeats: flags['judge-repeats'],
    answers: {
      repeats: flags['answer-repeats'],
      writer: flags['answer-writer'],
      temperature: flags['answer-temperature'],
      promptPrice: flags['answer-prompt-price'],
      completionPrice: flags['answer-completion-price'],
    },
    limits: {
      maxCost: flags['max-cost'],
      maxTokens: flags['max-tokens'],
      maxMinutes: flags['max-minutes'],
      sampleSeconds: flags['sample-timeout'],
    },
    failOnWarn: flags['fail-on-warn'],
    allowUndecided: flags['allow-undecided'],
    requireCalibration: flags['require-calibration'],
    requireProof: flags['require-proof'],
    llm: llmJudgeOptions(flags),
  }
}
