import {DEFAULT_KINDS, matchingForm, tokenize} from '@ep23/plugin-dataset/text'

/** A word of a text in matching form, with its place in UTF-16 units. */
export interface WordAt {
  form: string
  start: number
  end: number
}

/** Words and numbers of a text with their places. */
export function wordsAt(text: string): WordAt[] {
  return tokenize(text)
    .filter(({kind}) => DEFAULT_KINDS.includes(kind))
    .map(({text: token, start, end}) => ({form: matchingForm(token), start, end}))
}

/** Shorter quotes could stand anywhere. */
const FEWEST_QUOTED_WORDS = 2

/**
 * A text in which quotes are looked for. They are compared word by word in matching form: case, ё, quotation marks and dashes may
 * differ, words may not.
 */
export class QuotedText {
  readonly #words: readonly WordAt[]
  readonly #run: string
  /** Index in the run of each word's blank. */
  readonly #at: ReadonlyMap<number, number>

  constructor(text: string) {
    this.#words = wordsAt(text)
    let length = 0
    this.#at = new Map(
      this.#words.map(({form}, index) => {
        const at = length
        length += form.length + 1
        return [at, index]
      }),
    )
    this.#run = runOf(this.#words)
  }

  /** Whether a quote stands here word for word and is long enough to prove anything. */
  holds(quote: string): boolean {
    const quoted = wordsAt(quote)
    return quoted.length >= FEWEST_QUOTED_WORDS && this.#run.includes(runOf(quoted))
  }

  /** [start, end) of a quote's first place; undefined for one that this text does not hold. */
  placeOf(quote: string): readonly [start: number, end: number] | undefined {
    const quoted = wordsAt(quote)
    const first = quoted.length < FEWEST_QUOTED_WORDS ? undefined : this.#at.get(this.#run.indexOf(runOf(quoted)))
    if (first === undefined) return undefined
    const [from, to] = [this.#words[first], this.#words[first + quoted.length - 1]]
    return from && to && [from.start, to.end]
  }
}

function runOf(words: readonly WordAt[]): string {
  return ` ${words.map(({form}) => form).join(' ')} `
}
