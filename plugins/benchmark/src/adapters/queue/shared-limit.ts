import {setTimeout as delay} from 'node:timers/promises'

import {AdaptiveLimit} from '@ep23/llm'
import {LONGEST_TIMER_MS} from '@ep23/sdk'

/** How long nobody takes a question after a refusal that did not say how long. */
const PAUSE_MS = 1000
/** How long a question waits to hear whether there is a pause. */
const PATIENCE_MS = 500

/** A pause of all workers of a queue. */
export interface SharedPause {
  /** Begins one of so many milliseconds; one that lasts longer stays. */
  begin(milliseconds: number): Promise<void>
  /** Milliseconds until nobody pauses any more; 0 when nobody does. */
  left(): Promise<number>
}

/** What one server can take, found by this worker alone; a refusal also holds back all workers of the queue. */
export class SharedLimit extends AdaptiveLimit {
  /** Set once the worker is connected. */
  pause: SharedPause | undefined

  /** Questions that were taken before a refusal and not asked yet wait as well. */
  override run<T>(request: () => Promise<T>, signal: AbortSignal): Promise<T> {
    return super.run(async () => {
      await this.#untilResumed(signal)
      return request()
    }, signal)
  }

  override refused(startedAt: number, retryAfterMs: number | undefined): void {
    super.refused(startedAt, retryAfterMs)
    void this.pause?.begin(Math.ceil(retryAfterMs ?? PAUSE_MS)).catch(() => undefined)
  }

  async #untilResumed(signal: AbortSignal): Promise<void> {
    for (let left = await this.#left(); left > 0; left = await this.#left())
      await delay(Math.min(left, LONGEST_TIMER_MS), undefined, {signal})
  }

  // A Redis that is away pauses nobody: the connection says itself when that lasts.
  async #left(): Promise<number> {
    if (!this.pause) return 0
    return Promise.race([this.pause.left().catch(() => 0), delay(PATIENCE_MS, 0, {ref: false})])
  }
}
