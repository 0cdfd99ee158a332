import {Queue} from 'bullmq'

import {connectRedis, QUEUE_NAME, QUEUE_PREFIX} from './redis.js'

/** What `benchmark:queue:status --json` tells. */
export interface QueueState {
  /** Without credentials. */
  queue: string
  workers: number
  /** Questions that wait for a worker. */
  waiting: number
  active: number
  /** Results that a run has not fetched yet, or never will. */
  completed: number
  failed: number
  /** Most questions at once over all workers; null where no run has set it. */
  concurrency: number | null
  /** Most questions begun in a second over all workers; null without a limit. */
  rate: number | null
}

/** @throws Ep23Error QUEUE_UNAVAILABLE (69), QUEUE_DENIED (77) */
export function readQueueState(url: string): Promise<QueueState> {
  return withQueue(url, stateOf)
}

/**
 * Takes out what waits, and results that nobody fetched. What workers are at stays theirs.
 * @returns how many waited, and the state afterwards
 */
export function drainQueue(url: string): Promise<{removed: number; state: QueueState}> {
  return withQueue(url, async (queue, name) => {
    const {waiting, completed, failed} = await stateOf(queue, name)
    await queue.drain()
    for (const type of ['completed', 'failed'] as const) await queue.clean(0, 0, type)
    const state = await stateOf(queue, name)
    return {removed: waiting + completed + failed - state.waiting - state.completed - state.failed, state}
  })
}

async function stateOf(queue: Queue, name: string): Promise<QueueState> {
  const [counts, workers, concurrency, rate] = await Promise.all([
    queue.getJobCounts('wait', 'prioritized', 'delayed', 'active', 'completed', 'failed'),
    queue.getWorkersCount(),
    queue.getGlobalConcurrency(),
    queue.getGlobalRateLimit(),
  ])
  const {wait = 0, prioritized = 0, delayed = 0, active = 0, completed = 0, failed = 0} = counts
  return {
    queue: name,
    workers,
    waiting: wait + prioritized + delayed,
    ...{active, completed, failed, concurrency},
    rate: rate ? (rate.max * 1000) / rate.duration : null,
  }
}

async function withQueue<T>(url: string, work: (queue: Queue, name: string) => Promise<T>): Promise<T> {
  const redis = await connectRedis(url)
  const queue = new Queue(QUEUE_NAME, {connection: redis.client, prefix: QUEUE_PREFIX})
  queue.on('error', () => undefined)
  try {
    return await work(queue, redis.name)
  } finally {
    await queue.close()
    redis.close()
  }
}
