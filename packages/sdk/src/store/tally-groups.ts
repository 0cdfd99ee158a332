import type {Tally} from './store.js'

/** Adds up documents, or groups of them, for an adapter's `tally`. */
export class TallyGroups {
  readonly #groups = new Map<string, Tally>()

  /** @param fields the text fields, in the order of the values */
  constructor(private readonly fields: readonly string[]) {}

  /** @param values null for nothing; what is neither text nor null is all one */
  add(values: readonly unknown[], isDated: boolean, count = 1): void {
    const texts = values.map(value => (typeof value === 'string' || value === null ? value : undefined))
    const key = JSON.stringify([isDated, ...texts.map(text => (text === undefined ? 0 : text))])
    const group = this.#groups.get(key)
    if (group) group.count += count
    else this.#groups.set(key, {texts: this.#named(texts), isDated, count})
  }

  get all(): Tally[] {
    return [...this.#groups.values()]
  }

  #named(texts: readonly (string | null | undefined)[]): Tally['texts'] {
    return Object.fromEntries(this.fields.map((field, at) => [field, texts[at]]))
  }
}
