import {usageError} from '@ep23/sdk'
import {message} from '../words/words.js'

const BLOCK = 86_400_000

/** UTC offset in milliseconds during one UTC day; `changesAt` splits a day in which clocks were changed. */
interface Block {
  before: number
  changesAt: number
  after: number
}

/**
 * UTC offsets of one IANA zone. Intl is asked twice a UTC day at most (about 20 times more on a day of a clock change),
 * so that millions of posts cost a map look-up each. No zone has ever changed its clocks twice in one day.
 */
export class ZoneOffsets {
  readonly #blocks = new Map<number, Block>()
  readonly #format: Intl.DateTimeFormat

  /** @throws Ep23Error USAGE (exit 64) for a zone that this Node's ICU does not know. */
  constructor(zone: string) {
    this.#format = dateTimeFormat(zone)
  }

  /** The zone's name as ICU spells it. */
  get zone(): string {
    return this.#format.resolvedOptions().timeZone
  }

  /** Milliseconds to add to `time` (milliseconds since the epoch) for the zone's wall clock. */
  at(time: number): number {
    const day = Math.floor(time / BLOCK)
    let block = this.#blocks.get(day)
    if (block === undefined) {
      block = this.#measure(day * BLOCK)
      this.#blocks.set(day, block)
    }
    return time < block.changesAt ? block.before : block.after
  }

  #measure(start: number): Block {
    const before = this.#ask(start)
    const after = this.#ask(start + BLOCK)
    if (before === after) return {before, changesAt: Infinity, after}
    return {before, changesAt: this.#firstAfterChange(start, before), after}
  }

  // Bisection down to the second: the zone database has no finer changes.
  #firstAfterChange(start: number, before: number): number {
    let low = start
    let high = start + BLOCK
    while (high - low > 1000) {
      const middle = low + Math.floor((high - low) / 2000) * 1000
      if (this.#ask(middle) === before) low = middle
      else high = middle
    }
    return high
  }

  #ask(time: number): number {
    const seconds = Math.floor(time / 1000) * 1000
    const part: Record<string, number> = {}
    for (const {type, value} of this.#format.formatToParts(seconds)) part[type] = Number(value)
    const wall = Date.UTC(
      part['year'] ?? 0,
      (part['month'] ?? 1) - 1,
      part['day'],
      part['hour'],
      part['minute'],
      part['second'],
    )
    return wall - seconds
  }
}

function dateTimeFormat(zone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  } catch {
    throw usageError(message('unknownZone', {zone}), [message('useZoneName')])
  }
}
