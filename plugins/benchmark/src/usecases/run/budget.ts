import type {Clock, JudgeUsage} from '@ep23/sdk'

import type {RunLimits} from './run-request.js'

/** Counts what judging costs and says when enough is enough. */
export class Budget {
  #cost = 0
  #tokens = 0
  readonly #start: number
  readonly #stop = new AbortController()
  readonly #timer: NodeJS.Timeout | undefined

  constructor(
    private readonly limits: RunLimits,
    private readonly clock: Clock,
  ) {
    this.#start = clock.monotonic()
    if (limits.maxMinutes !== undefined) this.#timer = setTimeout(() => this.#stop.abort(), limits.maxMinutes * 60_000)
  }

  /** Aborted when the run's time is over. */
  get signal(): AbortSignal {
    return this.#stop.signal
  }

  add(usage: JudgeUsage | undefined): void {
    this.#cost += usage?.cost ?? 0
    this.#tokens += (usage?.prompt_tokens ?? 0) + (usage?.completion_tokens ?? 0)
  }

  /** Which limit is reached, in a sentence; undefined while there is room. */
  spent(): string | undefined {
    const {maxCost, maxTokens, maxMinutes} = this.limits
    if (maxCost !== undefined && this.#cost >= maxCost) return `--max-cost ${maxCost} is spent`
    if (maxTokens !== undefined && this.#tokens >= maxTokens) return `--max-tokens ${maxTokens} is spent`
    const minutes = (this.clock.monotonic() - this.#start) / 60
    const timeOver = maxMinutes !== undefined && (this.signal.aborted || minutes >= maxMinutes)
    return timeOver ? `--max-minutes ${maxMinutes} is over` : undefined
  }

  text(): string {
    const cost = this.#cost > 0 ? `cost ${this.#cost.toFixed(4)}` : ''
    return [cost, this.#tokens > 0 ? `${this.#tokens} tokens` : ''].filter(Boolean).join(', ')
  }

  close(): void {
    clearTimeout(this.#timer)
  }
}
