import type {DayOutcome, DayWork} from '@ep23/plugin-dataset/summaries'
import type {JudgedSample, Judgement, QueuedWork} from '@ep23/sdk'

import type {WrittenAnswer} from './answers.js'

/** What a run puts into a queue: one question, and all that a worker needs to answer it as the run's own process would. */
export interface SampleWork extends QueuedWork {
  kind: 'judge' | 'write'
  /** Id of the run. */
  run: string
  sample: JudgedSample
  /** From 1. */
  answer: number
  repeat: number
  /** How judge and writer are opened; there is no secret in it: every worker has its own `LLM_URL` and key. */
  spec: unknown
}

/** All that workers do: questions of runs, and digests of a seeding. */
export type Work = SampleWork | DayWork

/** An error that ends who asked, as it crosses the queue. */
export interface FatalError {
  message: string
  code: string
  exit: number
  suggestions: readonly string[]
}

/** What comes back: the result, why there is none, or what ends who asked. */
export type Outcome =
  | {judgement: Judgement}
  | {written: WrittenAnswer}
  | DayOutcome
  | {fatal: FatalError; worker: string}
