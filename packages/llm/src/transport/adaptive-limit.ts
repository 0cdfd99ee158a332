import {setTimeout as delay} from 'node:timers/promises'

import {LONGEST_TIMER_MS} from '@ep23/sdk'

const FIRST_LIMIT = 4

/** The gap shrinks with each answer: hardly just after a refusal, fast when so many answers came without one. */
const HOLDING = 0.997
const SEARCHING = 0.97
const ANSWERS_BEFORE_SEARCHING = 20
/** And grows by this with each refusal. */
const BACKING_OFF = 1.06
/** Weight of the newest answer in the mean latency. */
const NEWEST = 0.2

/**
 * How many requests may be under way, and how far apart they begin, found by asking. Additive increase, multiplicative decrease
 * (Chiu and Jain 1989): one more after each round of answers, half after a refusal. From the first refusal on requests are also
 * spaced out: a server that counts requests a second refuses two that come together however few there are. Nobody asks before
 * the time that Retry-After names.
 */
export class AdaptiveLimit {
  #limit: number
  #running = 0
  #notBefore = 0
  #lastDecrease = 0
  /** Milliseconds between the beginnings of two requests; 0 while nothing was refused. */
  #gap = 0
  #answersInARow = ANSWERS_BEFORE_SEARCHING
  #nextStart = 0
  #latency = 0
  readonly #waiting: (() => void)[] = []

  constructor(
    private most: number,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.#limit = Math.min(most, FIRST_LIMIT)
  }

  get limit(): number {
    return Math.floor(this.#limit)
  }

  /** Another upper bound from now on; requests that were begun go on. */
  resize(most: number): void {
    const grown = most > this.most && this.#limit >= this.most
    this.most = most
    // A limit that stood at its bound goes on from there; one that the server brought down stays down.
    this.#limit = grown && this.#gap === 0 ? most : Math.min(this.#limit, most)
    this.#admit()
  }

  /** Runs one request when there is room. @throws the signal's reason when it is aborted while waiting */
  async run<T>(request: () => Promise<T>, signal: AbortSignal): Promise<T> {
    await this.#enter(signal)
    try {
      return await request()
    } finally {
      this.#leave()
    }
  }

  /** @param startedAt when the answered request began */
  succeeded(startedAt: number): void {
    const latency = this.now() - startedAt
    this.#latency = this.#latency === 0 ? latency : this.#latency * (1 - NEWEST) + latency * NEWEST
    this.#limit = Math.min(this.most, this.#limit + 1 / this.#limit)
    this.#answersInARow += 1
    this.#gap *= this.#answersInARow > ANSWERS_BEFORE_SEARCHING ? SEARCHING : HOLDING
    this.#admit()
  }

  /**
   * @param startedAt when the refused request began: refusals of requests from before the last decrease say nothing new
   * @param retryAfterMs as the server said; undefined when it did not
   */
  refused(startedAt: number, retryAfterMs: number | undefined): void {
    const now = this.now()
    if (startedAt >= this.#lastDecrease) this.#decrease(now)
    if (retryAfterMs !== undefined) this.#notBefore = Math.max(this.#notBefore, now + retryAfterMs)
  }

  #decrease(now: number): void {
    this.#lastDecrease = now
    const half = Math.max(1, this.#limit / 2)
    if (this.#gap === 0) this.#gap = Math.max(1, this.#latency / half)
    else {
      this.#answersInARow = 0
      this.#gap *= BACKING_OFF
    }
    // Little's law: so many are under way at this pace; fewer would slow down what the gap already paces.
    this.#limit = Math.min(this.most, Math.max(half, Math.ceil(this.#latency / this.#gap) + 1))
  }

  async #enter(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    while (this.#running >= this.limit) await this.#turn(signal)
    this.#running += 1
    try {
      for (let wait = this.#untilStart(); wait > 0; wait = this.#untilStart())
        await delay(Math.min(wait, LONGEST_TIMER_MS), undefined, {signal})
      this.#nextStart = Math.max(this.now(), this.#nextStart) + this.#gap
    } catch (error) {
      this.#leave()
      throw error
    }
  }

  #untilStart(): number {
    return Math.max(this.#notBefore, this.#nextStart) - this.now()
  }

  #leave(): void {
    this.#running -= 1
    this.#admit()
  }

  #admit(): void {
    for (let room = this.limit - this.#running; room > 0; room--) this.#waiting.shift()?.()
  }

  #turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const go = (): void => {
        signal.removeEventListener('abort', stop)
        resolve()
      }
      const stop = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(go), 1)
        reject(signal.reason as Error)
      }
      this.#waiting.push(go)
      signal.addEventListener('abort', stop, {once: true})
    })
  }
}
