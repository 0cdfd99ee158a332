import type {WriterOptions} from '../adapters/llm-writer.js'
import type {ModelOptions} from '../adapters/open-asker.js'
import type {AskingFlags} from '../answer-flags.js'
import type {RunFlags} from '../flags.js'
import type {JudgeFlags} from '../judge-flags.js'
import type {RunLimits} from '../usecases/run/run-request.js'

/** Of a command that judges without the limits of a run, too. */
type Judging = JudgeFlags & Partial<Pick<RunFlags, 'sample-timeout' | 'max-minutes'>>

export function modelOptions(flags: Judging): ModelOptions {
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

export function writerOptions(flags: AskingFlags): WriterOptions {
  return {
    temperature: flags['answer-temperature'],
    promptPrice: flags['answer-prompt-price'],
    completionPrice: flags['answer-completion-price'],
  }
}

export function limitsOf(flags: RunFlags): RunLimits {
  return {
    maxCost: flags['max-cost'],
    maxTokens: flags['max-tokens'],
    maxMinutes: flags['max-minutes'],
    sampleSeconds: flags['sample-timeout'],
  }
}
