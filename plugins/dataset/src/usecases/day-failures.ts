import {Ep23Error, EXIT, errorMessage, verbatim, type Message} from '@ep23/sdk'
import {message} from '../words/words.js'

/**
 * `work` on every item, by `workers` at a time, results in the order of the items. The first error ends all: nothing new is
 * begun, and it is thrown when what was begun has ended.
 */
export async function mapConcurrently<T, R>(
  items: readonly T[],
  workers: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = []
  const queue = items.entries()
  const failures: unknown[] = []
  const workThrough = async (): Promise<void> => {
    for (const [index, item] of queue) {
      if (failures.length > 0) return
      results[index] = await work(item)
    }
  }
  await Promise.all(Array.from({length: workers}, () => workThrough().catch((error: unknown) => failures.push(error))))
  if (failures.length > 0) throw failures[0]
  return results
}

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

  /** Why the day stays unwritten. @throws the error when there is no use in asking for the next day */
  reasonOf(error: unknown): Message {
    if (!isEp23Error(error)) throw error
    this.#inARow = error.exit === EXIT.badData ? 0 : this.#inARow + 1
    const neverAnswered = error.code === 'LLM_UNREACHABLE' && this.#written === 0
    const isAway = neverAnswered || error.code === 'LLM_NO_MODEL' || this.#inARow >= MOST_IN_A_ROW
    const isOfOneDay = OF_ONE_DAY.has(error.exit) && !error.code.startsWith('STORE_')
    if (isAway || !isOfOneDay) throw error
    return errorMessage(error)
  }

  /** The error that ended the asking, when nothing is under way any more: it says what is kept and how to go on. */
  withKept(error: unknown): unknown {
    if (!isEp23Error(error) || this.#written === 0) return error
    const {code, exit, suggestions, cause} = error
    return new Ep23Error(message('errorAndKept', {problem: errorMessage(error), digests: this.#written}), {
      ...{code, exit, cause},
      suggestions: [...suggestions.map(verbatim), message('onlyMissingDays')],
    })
  }
}

// By its fields: another copy of the sdk has a class of its own.
function isEp23Error(error: unknown): error is Ep23Error {
  return error instanceof Error && 'exit' in error && 'code' in error && 'suggestions' in error
}
