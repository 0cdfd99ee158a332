import {canonicalLine} from '@ep23/plugin-exporters'
import type {Ep23Error, Text, Until, WorkQueue} from '@ep23/sdk'
import type {Queue, QueueEvents} from 'bullmq'

import type {Outcome, Work} from '../../domain/work.js'
import {hashText} from '../sha256.js'
import {outcomeOfJob, thrownIfFatal} from './job-outcome.js'
import {type RedisServer, refusedError} from './redis.js'

/** How often the state of questions is looked up whose events may have been missed. */
const SWEEP_MS = 2000
/** Questions that old may have been missed. */
const OLD_MS = 5000
/** Without a worker for so long the run says so. */
const LONELY_MS = 10_000
/** How long a stop waits for a queue that does not answer. */
const STOP_MS = 1000

interface Asked {
  id: string
  work: Work
  isPassing: Until<Outcome>['isPassing']
  since: number
  /** A sweep has found nothing of it any more. */
  isGone?: boolean
  resolve: (outcome: Outcome | undefined) => void
  reject: (error: Error) => void
}

/**
 * The queue of the run that asks: BullMQ's jobs and events. An event tells a result at once; a sweep finds those whose event was
 * missed, and puts in again what a Redis without its append-only file has forgotten.
 */
export class FollowedQueue implements WorkQueue<Work, Outcome> {
  readonly #asked = new Map<string, Asked>()
  /** Whose results are with the run: in its journal by the next sweep. */
  #taken: string[] = []
  /** What is being taken back. */
  readonly #withdrawn = new Set<string>()
  readonly #sweeping: NodeJS.Timeout
  #isSweeping = false
  #lonelySince = Date.now()
  #saidLonely = false
  #listens = false
  #away: Ep23Error | undefined

  constructor(
    private readonly redis: RedisServer,
    private readonly queue: Queue<Work, Outcome>,
    private readonly events: QueueEvents,
    /** Called once when nobody takes anything from the queue. */
    private readonly warn: (sentence: Text) => void,
  ) {
    events.on('completed', ({jobId, returnvalue}) => this.#end(jobId, returnvalue as unknown as Outcome))
    events.on('failed', ({jobId, failedReason}) => this.#end(jobId, {failed: failedReason}))
    events.on('removed', ({jobId}) => this.#giveBack(jobId))
    events.on('duplicated', ({jobId}) => void this.#takeOver(jobId).catch(() => undefined))
    this.#sweeping = setInterval(() => this.#startSweep(), SWEEP_MS)
    redis.onAway(error => this.#giveUp(error))
  }

  async ask(work: Work, {signal, noMore, isPassing}: Until<Outcome>): Promise<Outcome | undefined> {
    if (this.#away) throw this.#away
    this.#listen(signal, noMore)
    if (signal.aborted || noMore.aborted) return undefined
    const {promise, resolve, reject} = Promise.withResolvers<Outcome | undefined>()
    const asked = {id: idOf(work), work, isPassing, since: Date.now(), resolve, reject}
    this.#asked.set(asked.id, asked)
    this.#put(asked).catch((error: unknown) => reject(refusedError(this.redis.name, error)))
    return thrownIfFatal(await promise)
  }

  resize(concurrency: number): void {
    void this.queue.setGlobalConcurrency(concurrency).catch(() => undefined)
  }

  async close(): Promise<void> {
    clearInterval(this.#sweeping)
    await inTime(this.#removeTaken())
    await inTime(Promise.all([this.events.close(), this.queue.close()]))
    this.redis.close()
  }

  async #put({id, work}: Asked): Promise<void> {
    await this.queue.add(work.kind, work, {jobId: id})
  }

  #end(id: string, outcome: Outcome): void {
    const asked = this.#asked.get(id)
    if (!asked) return
    this.#asked.delete(id)
    this.#taken.push(id)
    asked.resolve(outcome)
  }

  // What fails now is looked for by the next one.
  #startSweep(): void {
    if (this.#isSweeping) return
    this.#isSweeping = true
    const end = (): void => void (this.#isSweeping = false)
    this.#sweepOnce().then(end, end)
  }

  async #sweepOnce(): Promise<void> {
    const now = Date.now()
    const old = [...this.#asked.values()].filter(({since}) => now - since > OLD_MS)
    await Promise.all(old.map(asked => this.#look(asked)))
    await this.#removeTaken()
    await this.#lookForWorkers(now)
  }

  /** A question that an earlier attempt has left: its result is taken, unless asking again may give a better one. */
  async #takeOver(id: string): Promise<void> {
    const asked = this.#asked.get(id)
    if (!asked) return
    const job = await this.queue.getJob(id)
    if (job?.finishedOn !== undefined && asked.isPassing(outcomeOfJob(job))) await this.queue.remove(id)
    return this.#look(asked)
  }

  /** What has become of a question. */
  async #look(asked: Asked): Promise<void> {
    const job = await this.queue.getJob(asked.id)
    if (!this.#asked.has(asked.id)) return
    if (!job) return this.#withdrawn.has(asked.id) ? this.#missEvents(asked) : this.#put(asked)
    if (job.finishedOn === undefined) return
    this.#end(asked.id, outcomeOfJob(job))
  }

  // A worker may have answered it before it was taken back: what is on its way is given until the next sweep to tell so.
  #missEvents(asked: Asked): void {
    if (asked.isGone) this.#giveBack(asked.id)
    asked.isGone = true
  }

  /** The journal has what was taken; only then the queue may forget it. */
  async #removeTaken(): Promise<void> {
    const ids = this.#taken.splice(0)
    await Promise.all(ids.map(id => this.queue.remove(id)))
  }

  async #lookForWorkers(now: number): Promise<void> {
    if (this.#saidLonely) return
    if (this.#asked.size === 0 || (await this.queue.getWorkersCount()) > 0) this.#lonelySince = now
    if (now - this.#lonelySince < LONELY_MS) return
    this.#saidLonely = true
    this.warn(`nobody works on ${this.redis.name}: start ep23 benchmark:work --queue ${this.redis.name}`)
  }

  #listen(signal: AbortSignal, noMore: AbortSignal): void {
    if (this.#listens) return
    this.#listens = true
    noMore.addEventListener('abort', () => void this.#takeBack({isOver: false}), {once: true})
    signal.addEventListener('abort', () => void this.#takeBack({isOver: true}), {once: true})
  }

  /** Takes back what nobody has begun. @param isOver what is being worked on is not waited for either: `--resume` finds it */
  async #takeBack({isOver}: {isOver: boolean}): Promise<void> {
    await inTime(Promise.all([...this.#asked.values()].map(asked => this.#withdraw(asked))))
    if (!isOver) return
    for (const {id, resolve} of this.#asked.values()) {
      this.#asked.delete(id)
      resolve(undefined)
    }
  }

  /**
   * What a worker holds cannot be removed; what one has answered can, and was paid for. Its result is told before its removal, in one
   * stream of events: so the question ends with the first of them, and not with this call.
   */
  async #withdraw({id}: Asked): Promise<void> {
    this.#withdrawn.add(id)
    await this.queue.remove(id)
  }

  #giveBack(id: string): void {
    if (!this.#withdrawn.has(id)) return
    this.#asked.get(id)?.resolve(undefined)
    this.#asked.delete(id)
  }

  #giveUp(error: Ep23Error): void {
    this.#away = error
    for (const {reject} of this.#asked.values()) reject(error)
    this.#asked.clear()
  }
}

/** One question has one id, whatever process asks it; how it is asked and traced is no part of it. */
function idOf({spec: _spec, traceparent: _traceparent, ...question}: Work): string {
  return `q${hashText(canonicalLine(question)).slice(0, 40)}`
}

/** Waits, but not for a queue that does not answer. */
async function inTime(work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise(resolve => (timer = setTimeout(resolve, STOP_MS)))
  await Promise.race([work.catch(() => undefined), late])
  clearTimeout(timer)
}
