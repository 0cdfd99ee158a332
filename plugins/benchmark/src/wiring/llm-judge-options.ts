import type {LlmJudgeFlags} from '../adapters/judges/llm/llm-judge-flags.js'

/** The flags of `judgeFlags` as a command parsed them. */
export interface ParsedJudgeFlags {
  model?: string | undefined
  replay: string
  temperature: number
  seed: number
  'prompt-price'?: number | undefined
  'completion-price'?: number | undefined
  'max-source': number
  concurrency: number
  'attempt-timeout': number
  'sample-timeout'?: number
  'max-minutes'?: number | undefined
  attempts: number
}

export function llmJudgeOptions(flags: ParsedJudgeFlags): LlmJudgeFlags {
  return {
    model: flags.model,
    replay: flags.replay === 'strict' ? 'strict' : 'off',
    temperature: flags.temperature,
    seed: flags.seed,
    promptPrice: flags['prompt-price'],
    completionPrice: flags['completion-price'],
    maxSourceCharacters: flags['max-source'],
    concurrency: flags.concurrency,
    attemptSeconds: flags['attempt-timeout'],
    longestWaitSeconds: Math.min(flags['sample-timeout'] ?? Infinity, (flags['max-minutes'] ?? Infinity) * 60),
    attempts: flags.attempts,
  }
}
