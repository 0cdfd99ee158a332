import {englishOf, type FollowQueue, type Runtime, type Text, usageError, verbatim, type WorkQueue} from '@ep23/sdk'

import {createSummarizer} from '../adapters/summarizers/create-summarizer.js'
import type {Summarizer} from '../domain/summarizer.js'
import type {SeedFlags} from '../flags.js'
import {message} from '../words/words.js'

const CONCURRENCY = 16

/** Who writes the digests, and the queue to those who do it elsewhere, which is closed when the seeding ends. */
export interface OpenedSummarizer {
  summarizer: Summarizer
  queue?: WorkQueue
}

/**
 * The summarizer of the flags, here or behind `--queue`.
 * @throws Ep23Error USAGE (64), QUEUE_UNAVAILABLE (69), QUEUE_DENIED (77)
 */
export async function openSummarizer(runtime: Runtime, flags: SeedFlags): Promise<OpenedSummarizer> {
  const {summarizer: name, queue: url, rate, concurrency = CONCURRENCY, plan} = flags
  const summarizer = await createSummarizer(name, runtime.settings)
  if (url === undefined) return {summarizer}
  if (summarizer.writer.kind !== 'model')
    throw usageError(message('queueNeedsModel', {name}), [
      verbatim('--summarizer openai:MODEL'),
      message('withoutQueue'),
    ])
  if (plan) return {summarizer}
  const followQueue = await followerOf(runtime)
  const queue = await followQueue(url, {concurrency, rate, warn: sentence => warn(runtime, sentence)})
  const {queuedSummarizer} = await import('../adapters/summarizers/queued-summarizer.js')
  const traceparent = (): string => runtime.tracer.traceparent()
  return {queue, summarizer: queuedSummarizer(summarizer, {queue, name, concurrency, traceparent})}
}

async function followerOf(runtime: Runtime): Promise<FollowQueue> {
  const found = (await runtime.contributions()).find(({followQueue}) => followQueue)?.followQueue
  if (found) return found
  throw usageError(message('nobodyFollows'), [verbatim('ep23 plugins')])
}

function warn({logger}: Runtime, sentence: Text): void {
  const text = englishOf(sentence)
  logger.warn({}, text)
  process.stderr.write(`${text}\n`)
}
