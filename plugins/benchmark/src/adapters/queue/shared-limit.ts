import {AdaptiveLimit} from '@ep23/llm'

/** How long nobody takes a question after a refusal that did not say how long. */
const PAUSE_MS = 1000

/** What one server can take, found by this worker alone; a refusal also holds back all workers of the queue. */
export class SharedLimit extends AdaptiveLimit {
  /** Set once the worker is connected. */
  holdBack: (milliseconds: number) => void = () => undefined

  override refused(startedAt: number, retryAfterMs: number | undefined): void {
    super.refused(startedAt, retryAfterMs)
    this.holdBack(Math.ceil(retryAfterMs ?? PAUSE_MS))
  }
}
