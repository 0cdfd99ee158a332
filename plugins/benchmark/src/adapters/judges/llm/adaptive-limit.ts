import {setTimeout as delay} from 'node:timers/promises'

/**
 * How many requests may be under way, found by asking: one more after each round without a refusal, half after one (additive
 * increase, multiplicative decrease; Chiu and Jain 1989). Nobody asks before the time that the server's Retry-After names.
 */
export class AdaptiveLimit {
  #limit: number
  #running = 0
  #notBefore = 0
  #lastDecrease = 0
  readonly #waiting: (() => void)[] = []

  constructor(
    private readonly most: number,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.#limit = Math.min(most, 4)
  }

  get limit(): number {
    return Math.floor(this.#limit)
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

  succeeded(): void {
    this.#limit = Math.min(this.most, this.#limit + 1 / this.#limit)
    this.#admit()
  }

  /**
   * @param startedAt when the refused request began: refusals of requests from before the last decrease say nothing new
   * @param retryAfterMs as the server said; undefined when it did not
   */
  refused(startedAt: number, retryAfterMs: number | undefined): void {
    const now = this.now()
    if (startedAt >= this.#lastDecrease) {
      this.#limit = Math.max(1, this.#limit / 2)
      this.#lastDecrease = now
    }
    if (retryAfterMs !== undefined) this.#notBefore = Math.max(this.#notBefore, now + retryAfterMs)
  }

  async #enter(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    while (this.#running >= this.limit) await this.#turn(signal)
    this.#running += 1
    try {
      for (let wait = this.#notBefore - this.now(); wait > 0; wait = this.#notBefore - this.now())
        await delay(wait, undefined, {signal})
    } catch (error) {
      this.#leave()
      throw error
    }
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
