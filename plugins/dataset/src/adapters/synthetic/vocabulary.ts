import {parseLexicon, type NounPhrase} from './lexicon.js'
import type {Pack} from './grammar/pack.js'
import type {Noun} from './morphology/decline-noun.js'
import type {Random} from './random.js'

/** Makes an invented name out of parts. */
export type NameMaker = (random: Random) => string

/** The words and rules of several packs; a word list is parsed when it is first needed. */
export class Vocabulary {
  readonly #lexicons = new Map<string, string>()
  readonly #parsed = new Map<string, NounPhrase[]>()
  readonly #counted = new Map<string, Noun>()
  readonly #rules = new Map<string, readonly string[]>()
  readonly #names: ReadonlyMap<string, NameMaker>

  constructor(packs: readonly Pack[], counted: string, names: Readonly<Record<string, NameMaker>>) {
    for (const {lexicons, rules} of packs) {
      for (const [name, lines] of Object.entries(lexicons)) this.#lexicons.set(name, lines)
      for (const [name, alternatives] of Object.entries(rules)) this.#rules.set(name, alternatives)
    }
    for (const {noun} of parseLexicon(counted)) this.#counted.set(noun.lemma, noun)
    this.#names = new Map(Object.entries(names))
  }

  phrases(name: string): readonly NounPhrase[] {
    let phrases = this.#parsed.get(name)
    if (!phrases) {
      phrases = parseLexicon(known(this.#lexicons, name, 'lexicon'))
      this.#parsed.set(name, phrases)
    }
    return phrases
  }

  /** The noun of a counted thing. */
  counted(lemma: string): Noun {
    return known(this.#counted, lemma, 'counted noun')
  }

  rule(name: string): readonly string[] {
    return known(this.#rules, name, 'rule')
  }

  name(kind: string, random: Random): string {
    return known(this.#names, kind, 'kind of name')(random)
  }
}

function known<T>(map: ReadonlyMap<string, T>, name: string, what: string): T {
  const value = map.get(name)
  if (value === undefined) throw new Error(`the grammar has no ${what} "${name}"`)
  return value
}
