import type {JudgedSample, Judgement} from '@ep23/sdk'

import type {WrittenAnswer} from './answers.js'

/** What a run puts into a queue: one question, and all that a worker needs to answer it as the run's own process would. */
export interface Work {
  kind: 'judge' | 'write'
  /** Id of the run. */
  run: string
  sample: JudgedSample
  /** From 1. */
  answer: number
  repeat: number
  /** How judge and writer are opened; there is no secret in it: every worker has its own `LLM_URL` and key. */
  spec: unknown
  /** W3C trace context of the run. */
  traceparent: string
}

/** An error that ends the run, as it crosses the queue. */
export interface FatalError {
  message: string
  code: string
  exit: number
  suggestions: readonly string[]
}

/** What comes back: the result, why there is none, or what ends the run. */
export type Outcome =
  | {judgement: Judgement}
  | {written: WrittenAnswer}
  | {failed: string}
  | {fatal: FatalError; worker: string}

/** How long a run wants to know. */
export interface Until {
  signal: AbortSignal
  noMore: AbortSignal
  isPassing: (outcome: Outcome) => boolean
}

/** Port: the queue as a run sees it. */
export interface WorkQueue {
  /**
   * Puts a question into the queue and follows it to its result, whatever becomes of workers and connection meanwhile. The same
   * question is there once: one that an earlier attempt left is taken over.
   * @param until `isPassing` tells of an earlier attempt's result that it is worth asking again
   * @returns undefined for what was taken back before a worker began it
   * @throws Ep23Error QUEUE_AWAY (75) when the queue is unreachable for too long
   */
  ask(work: Work, until: Until): Promise<Outcome | undefined>
  /** Questions that all workers together may work on at once, from now on. */
  resize(concurrency: number): void
  close(): Promise<void>
}
