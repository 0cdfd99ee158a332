import {joined, startTimer, type Clock, type Message, type TokenUsage} from '@ep23/sdk'

import {costMessage} from '../../domain/usage.js'
import type {RunLimits} from './run-request.js'
import {message} from '../../words/words.js'

/** From here on a limit is near. */
const NEAR = 0.8

interface Limit {
  /** As the user named it. */
  flag: string
  most: number
  used: () => number
  /** What is said when it is reached. */
  reached: Message
}

/** Counts what a run costs, says once for each limit when it is near, and when enough is enough. */
export class Budget {
  #cost = 0
  #tokens = 0
  #unknownCalls = 0
  #counted = 0
  readonly #start: number
  readonly #stop = new AbortController()
  readonly #noMore = new AbortController()
  readonly #stopTimers: (() => void)[] = []
  readonly #limits: readonly Limit[]
  readonly #near = new Set<string>()
  #toldUncounted = false

  /** @param onNear called once for each limit, with a sentence */
  constructor(
    {maxCost, maxTokens, maxMinutes}: RunLimits,
    private readonly clock: Clock,
    private readonly onNear: (sentence: Message) => void = () => undefined,
  ) {
    this.#start = clock.monotonic()
    this.#limits = [
      ...limit('--max-cost', maxCost, () => this.#cost, 'isSpent'),
      ...limit('--max-tokens', maxTokens, () => this.#tokens, 'isSpent'),
      ...limit('--max-minutes', maxMinutes, () => this.#minutes(maxMinutes), 'isOver'),
    ]
    if (maxMinutes === undefined) return
    // A server that is silent for long must not keep the time from being told.
    this.#stopTimers.push(startTimer(maxMinutes * 60_000, () => this.#end()))
    this.#stopTimers.push(startTimer(maxMinutes * 60_000 * NEAR, () => this.#tell('--max-minutes')))
  }

  /** Aborted when the run's time is over. */
  get signal(): AbortSignal {
    return this.#stop.signal
  }

  /** Aborted when any limit is reached. */
  get noMore(): AbortSignal {
    return this.#noMore.signal
  }

  add(usage: TokenUsage | undefined): void {
    if (usage) {
      this.#counted += 1
      this.#cost += usage.cost ?? 0
      this.#tokens += usage.prompt_tokens + usage.completion_tokens
      this.#unknownCalls += usage.unknown_calls ?? 0
    }
    if (this.#unknownCalls > 0) this.#tellUncounted()
    if (this.#limits.length === 0) return
    this.#tellNear()
    if (this.spent() !== undefined) this.#noMore.abort()
  }

  /** Which limit is reached, in a sentence; undefined while there is room. */
  spent(): Message | undefined {
    return this.#limits.find(({most, used}) => used() >= most)?.reached
  }

  /** How many more answers can be paid for, at the mean price of those so far; 0 before the first, Infinity where nothing limits them. */
  affordable(): number {
    const paid = this.#limits.filter(({flag}) => flag !== '--max-minutes')
    return Math.min(
      ...paid.map(({most, used}) => (this.#counted === 0 ? 0 : ((most - used()) / used()) * this.#counted)),
    )
  }

  /** `cost at least 0.0330, 33000 tokens, 2 calls without token counts, --max-cost 82 %` */
  text(): Message {
    const near = this.#limits.filter(({flag}) => this.#near.has(flag))
    return joined([
      ...(this.#cost > 0 ? [costMessage(this.#cost.toFixed(4), this.#unknownCalls)] : []),
      ...(this.#tokens > 0 ? [message('tokensUsed', {tokens: this.#tokens})] : []),
      ...(this.#unknownCalls > 0 ? [message('callsUncounted', {calls: this.#unknownCalls})] : []),
      ...near.map(({flag, most, used}) => `${flag} ${Math.floor((used() / most) * 100)} %`),
    ])
  }

  close(): void {
    for (const stop of this.#stopTimers) stop()
  }

  #end(): void {
    this.#stop.abort()
    this.#noMore.abort()
  }

  #minutes(most: number | undefined): number {
    return this.signal.aborted ? (most ?? 0) : (this.clock.monotonic() - this.#start) / 60
  }

  #tellNear(): void {
    for (const {flag, most, used} of this.#limits) if (used() >= most * NEAR) this.#tell(flag)
  }

  /** A limit that counts what a server tells cannot hold what it does not tell; said once. */
  #tellUncounted(): void {
    if (this.#toldUncounted) return
    const flags = this.#limits.map(({flag}) => flag).filter(flag => flag !== '--max-minutes')
    if (flags.length === 0) return
    this.#toldUncounted = true
    this.onNear(message('uncounted', {flags: flags.join(', ')}))
  }

  #tell(flag: string): void {
    if (this.#near.has(flag)) return
    this.#near.add(flag)
    const most = this.#limits.find(each => each.flag === flag)?.most
    this.onNear(message('usedUp', {percent: NEAR * 100, flag, most: most ?? 0}))
  }
}

function limit(flag: string, most: number | undefined, used: () => number, end: 'isSpent' | 'isOver'): Limit[] {
  return most === undefined ? [] : [{flag, most, used, reached: message(end, {flag, most})}]
}
