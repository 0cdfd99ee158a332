import type {FollowOptions, WorkQueue} from '@ep23/sdk'
import {Queue, QueueEvents} from 'bullmq'

import type {Outcome, Work} from '../../domain/work.js'
import {FollowedQueue} from './followed-queue.js'
import {rateLimitOf} from './rate-limit.js'
import {connectRedis, QUEUE_NAME, QUEUE_PREFIX} from './redis.js'

/** Results of a run that died are kept so long for its `--resume`. */
const KEPT_SECONDS = 24 * 3600

/** Opens the queue for who asks. @throws Ep23Error QUEUE_UNAVAILABLE (69), QUEUE_DENIED (77) */
export async function followQueue(url: string, options: FollowOptions): Promise<WorkQueue<Work, Outcome>> {
  const redis = await connectRedis(url)
  const queue = new Queue<Work, Outcome>(QUEUE_NAME, {
    connection: redis.client,
    prefix: QUEUE_PREFIX,
    defaultJobOptions: {removeOnComplete: {age: KEPT_SECONDS}, removeOnFail: {age: KEPT_SECONDS}},
  })
  const events = new QueueEvents(QUEUE_NAME, {connection: redis.client, prefix: QUEUE_PREFIX})
  // The connection says itself when it is away for long.
  queue.on('error', () => undefined)
  events.on('error', () => undefined)
  await events.waitUntilReady()
  await queue.setGlobalConcurrency(options.concurrency)
  await (options.rate === undefined ? queue.removeGlobalRateLimit() : limitRate(queue, options.rate))
  return new FollowedQueue(redis, queue, events, options.warn)
}

function limitRate(queue: Queue<Work, Outcome>, rate: number): Promise<number> {
  const {most, milliseconds} = rateLimitOf(rate)
  return queue.setGlobalRateLimit(most, milliseconds)
}
