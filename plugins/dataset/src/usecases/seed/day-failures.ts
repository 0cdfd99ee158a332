import {Ep23Error, EXIT} from '@ep23/sdk'

/** A server that fails so many days in a row is away altogether. */
const MOST_IN_A_ROW = 3

/** What concerns one day's posts and answer; anything else would happen again with the next day. */
const OF_ONE_DAY: ReadonlySet<unknown> = new Set([EXIT.badData, EXIT.unavailable, EXIT.usage])

/** Tells failures of one day, which the others survive, from those that end the asking: the server is away, the key is refused. */
export class DayFailures {
  #inARow = 0
  #written = 0

  succeeded(): void {
    this.#inARow = 0
    this.#written += 1
  }

  /** Why the day stays unwritten. @throws the error, saying what is kept, when there is no use in asking for the next day */
  reasonOf(error: unknown): string {
    if (!(error instanceof Error) || !('exit' in error)) throw error
    const failure = error as Ep23Error
    this.#inARow = failure.exit === EXIT.badData ? 0 : this.#inARow + 1
    const neverAnswered = failure.code === 'LLM_UNREACHABLE' && this.#written === 0
    const isAway = neverAnswered || failure.code === 'LLM_NO_MODEL' || this.#inARow >= MOST_IN_A_ROW
    const isOfOneDay = OF_ONE_DAY.has(failure.exit) && !failure.code.startsWith('STORE_')
    if (isAway || !isOfOneDay) throw this.#withKept(failure)
    return failure.message
  }

  #withKept({message, code, exit, suggestions, cause}: Ep23Error): Ep23Error {
    if (this.#written === 0) return new Ep23Error(message, {code, exit, suggestions: [...suggestions], cause})
    const kept = `${this.#written} ${this.#written === 1 ? 'digest was' : 'digests were'} written before and ${this.#written === 1 ? 'is' : 'are'} kept`
    return new Ep23Error(`${message}; ${kept}`, {
      code,
      exit,
      suggestions: [...suggestions, 'run the same command again: it asks only for the days that are missing'],
      cause,
    })
  }
}
