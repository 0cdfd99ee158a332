import type {WorkQueue} from '@ep23/sdk'

import type {Executor, QuestionContext} from '../../domain/executor.js'
import type {Outcome, SampleWork} from '../../domain/work.js'
import {isTransient, mayComeYet, nothing} from './judge-with-deadline.js'
import {unwritten} from './written-answers.js'

export interface QueuedParts {
  queue: WorkQueue<SampleWork, Outcome>
  /** How workers open judge and writer. */
  spec: unknown
  scores: readonly string[]
  /** Questions that all workers together may work on at once. */
  concurrency: number
  traceparent: () => string
}

/** Questions that wait in the queue for each that is worked on, and at least: what keeps workers busy while results travel. */
const WAITING_SHARE = 1
const LEAST_WAITING = 16

/** Lets workers compute: each question is a job of a queue, and its result the job's result. */
export function queuedExecutor({queue, spec, scores, concurrency: first, traceparent}: QueuedParts): Executor {
  let concurrency = first
  const waiting = (): number => Math.max(LEAST_WAITING, concurrency * WAITING_SHARE)
  const ask = (
    kind: SampleWork['kind'],
    sample: SampleWork['sample'],
    {run, answer, repeat, signal, noMore}: QuestionContext,
  ): Promise<Outcome | undefined> =>
    queue.ask({kind, run, sample, answer, repeat, spec, traceparent: traceparent()}, {signal, noMore, isPassing})
  return {
    get concurrency() {
      return concurrency + waiting()
    },
    get waiting() {
      return waiting()
    },
    async judge(sample, context) {
      const outcome = await ask('judge', sample, context)
      if (outcome === undefined || 'judgement' in outcome) return outcome?.judgement
      return nothing(scores, 'judge_failed', reasonOf(outcome))
    },
    async write(sample, context) {
      const outcome = await ask('write', sample, {...context, repeat: 1})
      if (outcome === undefined || 'written' in outcome) return outcome?.written
      return unwritten('judge_failed', reasonOf(outcome))
    },
    retune(most) {
      concurrency = most
      queue.resize(most)
    },
  }
}

function isPassing(outcome: Outcome): boolean {
  if ('judgement' in outcome) return isTransient(outcome.judgement)
  if ('written' in outcome) return outcome.written.missing !== null && mayComeYet(outcome.written.missing.unmeasured)
  return true
}

function reasonOf(outcome: Outcome): string {
  return 'failed' in outcome ? outcome.failed : 'the worker answered another question'
}
