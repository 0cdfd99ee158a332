import type {Pack} from './pack.js'
import {type Noun, declineNoun, type Form, type Gender, declineAdjective, isAdjective} from './decline.js'
import type {RandomChoices} from './random.js'

/** Makes an invented name out of parts. */
export type NameMaker = (random: RandomChoices) => string

/** The words and rules of several packs; a word list is parsed when it is first needed. */
export class StoryVocabulary {
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

  name(kind: string, random: RandomChoices): string {
    return known(this.#names, kind, 'kind of name')(random)
  }
}

function known<T>(map: ReadonlyMap<string, T>, name: string, what: string): T {
  const value = map.get(name)
  if (value === undefined) throw new Error(`the grammar has no ${what} "${name}"`)
  return value
}

/** A noun phrase: adjectives that agree with the noun, the noun, and a tail that never changes («+ обработки данных»). */
export interface NounPhrase {
  adjectives: readonly string[]
  noun: Noun
  tail: string
}

const GENDERS: Record<string, {gender: Gender; animate: boolean}> = {
  м: {gender: 'м', animate: false},
  мо: {gender: 'м', animate: true},
  ж: {gender: 'ж', animate: false},
  жо: {gender: 'ж', animate: true},
  с: {gender: 'с', animate: false},
}

/**
 * Reads a lexicon, one phrase a line: `[adjective…] noun gender [осн=stem] [cell=form…] [+ tail]`, for example
 * `детский сад м`, `рынок м осн=рынк`, `центр м + обработки данных`, `земля ж рм=земель`. Adjectives stand in the masculine
 * nominative. Genders are м, ж, с; мо and жо are animate.
 * @throws Error for a line that cannot be read: the data is part of the program.
 */
export function parseLexicon(lines: string): NounPhrase[] {
  return lines
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')
    .map(parsePhrase)
}

/** Reads one line of a lexicon. */
export function parsePhrase(line: string): NounPhrase {
  const [head = '', tail = ''] = line.split(' + ')
  const words = head.trim().split(/\s+/u)
  const options = words.filter(word => word.includes('='))
  const plain = words.filter(word => !word.includes('='))
  const kind = GENDERS[plain.at(-1) ?? '']
  const lemma = plain.at(-2)
  if (kind === undefined || lemma === undefined) throw new Error(`the lexicon line "${line}" has no gender`)
  const adjectives = plain.slice(0, -2)
  const stranger = adjectives.find(word => !isAdjective(word))
  if (stranger !== undefined) throw new Error(`"${stranger}" in the lexicon line "${line}" is not an adjective`)
  const {stem, irregular} = readOptions(options)
  const noun: Noun = {lemma, gender: kind.gender, animate: kind.animate, irregular, ...(stem !== undefined && {stem})}
  return {adjectives, noun, tail: tail.trim()}
}

/** The phrase in a form, its adjectives in agreement. */
export function declinePhrase({adjectives, noun, tail}: NounPhrase, form: Form): string {
  const agreeing = adjectives.map(word => declineAdjective(word, form, noun.gender, noun.animate))
  return [...agreeing, declineNoun(noun, form), ...(tail === '' ? [] : [tail])].join(' ')
}

function readOptions(options: readonly string[]): {stem?: string; irregular: Record<string, string>} {
  const {осн: stem, ...irregular} = Object.fromEntries(options.map(option => option.split('=') as [string, string]))
  return {irregular, ...(stem !== undefined && {stem})}
}
