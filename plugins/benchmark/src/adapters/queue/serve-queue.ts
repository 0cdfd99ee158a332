import type {Ep23Error} from '@ep23/sdk'
import {type Job, Queue, WaitingError, Worker} from 'bullmq'

import type {Outcome, Work} from '../../domain/work.js'
import {connectRedis, QUEUE_NAME, QUEUE_PREFIX} from './redis.js'
import type {SharedPause} from './shared-limit.js'

export interface ServeOptions {
  /** Questions that this worker answers at once. */
  concurrency: number
  /** How long questions under way may take after a stop; then they are handed back. */
  graceSeconds: number
  /** Aborted when no more are to be taken. */
  signal: AbortSignal
  name: string
  /** @throws what makes this worker unfit: the question is handed back, and the worker ends with the error */
  answer: (work: Work, signal: AbortSignal) => Promise<Outcome>
  /** Called when questions can come, with the queue's name and the pause of all workers. */
  onReady: (queue: string, pause: SharedPause) => void
  onStalled: (id: string) => void
}

export interface ServedFacts {
  answered: number
  handed_back: number
}

/** A worker that does not renew its hold on a question for so long is taken for dead, and the question given to another. */
const HOLD_MS = 6000
const LOOK_FOR_DEAD_MS = 2000
/** Deaths of workers that a question may outlive: more of them are its own fault. */
const MOST_DEATHS = 10
/** No rate of its own: with a bound, however high, BullMQ heeds the pause that a refusal asks for. */
const NO_RATE = {max: 1_000_000_000, duration: 1000}

/**
 * Answers questions of the queue until it is stopped, then ends those under way or hands them back.
 * @throws Ep23Error QUEUE_UNAVAILABLE (69), QUEUE_DENIED (77), QUEUE_AWAY (75), and what `answer` throws
 */
export async function serveQueue(url: string, options: ServeOptions): Promise<ServedFacts> {
  const redis = await connectRedis(url)
  const served = new ServedQueue(options)
  const queue = new Queue<Work, Outcome>(QUEUE_NAME, {connection: redis.client, prefix: QUEUE_PREFIX})
  const worker = new Worker<Work, Outcome>(QUEUE_NAME, (job, token) => served.take(job, token), {
    connection: redis.client,
    prefix: QUEUE_PREFIX,
    name: options.name,
    concurrency: options.concurrency,
    limiter: NO_RATE,
    ...{lockDuration: HOLD_MS, stalledInterval: LOOK_FOR_DEAD_MS, maxStalledCount: MOST_DEATHS},
  })
  queue.on('error', () => undefined)
  worker.on('error', () => undefined)
  worker.on('stalled', options.onStalled)
  redis.onAway(error => served.fail(error))
  try {
    await worker.waitUntilReady()
    options.onReady(redis.name, pauseOf(queue))
    await served.stopped
    await served.end(worker)
    return served.facts()
  } finally {
    await queue.close().catch(() => undefined)
    redis.close()
  }
}

/** BullMQ gives no question away while its count of those that were begun stands higher than any rate. */
function pauseOf(queue: Queue): SharedPause {
  const left = (): Promise<number> => queue.getRateLimitTtl(NO_RATE.max)
  return {
    left,
    async begin(milliseconds) {
      if ((await left()) < milliseconds) await queue.rateLimit(milliseconds)
    },
  }
}

class ServedQueue {
  readonly #over = new AbortController()
  readonly #failure = Promise.withResolvers<void>()
  #answered = 0
  #handedBack = 0

  constructor(private readonly options: ServeOptions) {}

  /** Resolves when no more questions are to be taken. @throws what makes the worker end by itself */
  get stopped(): Promise<void> {
    const {signal} = this.options
    if (signal.aborted) return Promise.resolve()
    const asked = new Promise<void>(resolve => signal.addEventListener('abort', () => resolve(), {once: true}))
    return Promise.race([asked, this.#failure.promise])
  }

  facts(): ServedFacts {
    return {answered: this.#answered, handed_back: this.#handedBack}
  }

  fail(error: Ep23Error): void {
    this.#failure.reject(error)
  }

  async take(job: Job<Work, Outcome>, token = ''): Promise<Outcome> {
    const outcome = await this.options.answer(job.data, this.#over.signal).catch(async (error: unknown) => {
      this.#failure.reject(error)
      return this.#handBack(job, token)
    })
    // What was cut short is no result.
    if (this.#over.signal.aborted) return this.#handBack(job, token)
    this.#answered += 1
    return outcome
  }

  /** Waits for questions under way, and when the time is over hands them back. */
  async end(worker: Worker): Promise<void> {
    const timer = setTimeout(() => this.#over.abort(), this.options.graceSeconds * 1000)
    await worker.close()
    clearTimeout(timer)
  }

  async #handBack(job: Job<Work, Outcome>, token: string): Promise<never> {
    this.#handedBack += 1
    await job.moveToWait(token)
    throw new WaitingError()
  }
}
