import {type Runtime, type Text, englishOf, usageError, type WorkQueue} from '@ep23/sdk'

import type {Executor} from '../domain/executor.js'
import type {Outcome, Work} from '../domain/work.js'
import type {Scenario} from '../domain/scenario.js'
import type {BenchmarkFlags} from '../flags.js'
import {queuedExecutor} from '../usecases/run/queued-executor.js'
import type {Parts} from './open-parts.js'
import {workSpecOf} from './work-spec.js'
import {message} from '../words/words.js'

/** Workers as executor, and the queue to them, which is closed when the run ends. */
export interface OpenedExecutor {
  executor: Executor
  queue: WorkQueue<Work, Outcome>
}

/**
 * The workers of `--queue`; undefined when the run's own process computes.
 * @throws Ep23Error USAGE (64), QUEUE_UNAVAILABLE (69), QUEUE_DENIED (77)
 */
export async function openExecutor(
  {tracer, logger}: Runtime,
  flags: BenchmarkFlags,
  opened: Parts & {scenario: Scenario},
): Promise<OpenedExecutor | undefined> {
  const {queue: url, rate, concurrency} = flags
  if (url === undefined) return undefined
  if (opened.judge.begin) throw usageError(message('queueReads', {judge: opened.judge.name}), [message('withoutQueue')])
  const {followQueue} = await import('../adapters/queue/follow-queue.js')
  const warn = (sentence: Text): void => {
    const text = englishOf(sentence)
    logger.warn({}, text)
    process.stderr.write(`${text}\n`)
  }
  const queue = await followQueue(url, {concurrency, rate, warn})
  const spec = workSpecOf(flags, opened)
  const {scores} = opened.scenario
  return {queue, executor: queuedExecutor({queue, spec, scores, concurrency, traceparent: () => tracer.traceparent()})}
}
