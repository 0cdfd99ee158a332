import {declinePhrase, type NounPhrase} from './lexicon.js'
import {agreePredicate} from './morphology/agree-predicate.js'
import {countNoun, writeNumber} from './morphology/count-noun.js'
import {declineAdjective} from './morphology/decline-adjective.js'
import {parseForm} from './morphology/forms.js'
import type {Random} from './random.js'
import type {Vocabulary} from './vocabulary.js'

const NUMBER = /^([a-z]\d?)(?:=(\d+)-(\d+)(?:\/(\d+))?)?(?:#([^:]+))?(?::(р))?$/u
const AGREEMENT = /^([^~]+)~([^:]+)(?::(.+))?$/u
const PHRASE = /^([^:]+)(?::(.+))?$/u

/** The cast of one story: what was drawn for a name stays the same until the story ends. */
export class Scene {
  readonly #vocabulary: Vocabulary
  readonly #random: Random
  readonly #phrases = new Map<string, NounPhrase>()
  readonly #names = new Map<string, string>()
  readonly #numbers = new Map<string, number>()

  constructor(vocabulary: Vocabulary, random: Random) {
    this.#vocabulary = vocabulary
    this.#random = random
  }

  /** The text of one slot, written without its braces. */
  fill(slot: string): string {
    const number = NUMBER.exec(slot)
    if (number) return this.#number(number)
    const agreement = AGREEMENT.exec(slot)
    if (agreement) return this.#agree(agreement)
    const [, name = '', form] = PHRASE.exec(slot) ?? []
    return form === undefined ? this.#name(name) : declinePhrase(this.#phrase(name), parseForm(form))
  }

  #number([slot, name = '', from, to, step, counted, case_]: RegExpExecArray): string {
    if (from !== undefined) this.#numbers.set(name, this.#draw(Number(from), Number(to), Number(step ?? 1)))
    const amount = this.#numbers.get(name)
    if (amount === undefined) throw new Error(`the number of {${slot}} is used before it is drawn`)
    if (counted === undefined) return writeNumber(amount)
    return countNoun(amount, this.#vocabulary.counted(counted), case_ === 'р' ? 'р' : 'и')
  }

  #draw(from: number, to: number, step: number): number {
    return from + step * this.#random.integer(0, Math.floor((to - from) / step))
  }

  #agree([, word = '', name = '', form]: RegExpExecArray): string {
    const {noun} = this.#phrase(name)
    if (form === undefined) return agreePredicate(word, noun.gender, 'е')
    return declineAdjective(word, parseForm(form), noun.gender, noun.animate)
  }

  #phrase(name: string): NounPhrase {
    const known = this.#phrases.get(name)
    if (known) return known
    const taken = new Set(this.#phrases.values())
    const free = this.#vocabulary.phrases(lexiconOf(name)).filter(phrase => !taken.has(phrase))
    const drawn = this.#random.pick(free)
    this.#phrases.set(name, drawn)
    return drawn
  }

  #name(name: string): string {
    const known = this.#names.get(name)
    if (known !== undefined) return known
    const drawn = this.#vocabulary.name(lexiconOf(name), this.#random)
    this.#names.set(name, drawn)
    return drawn
  }
}

// «улица2» is another word of the lexicon «улица».
function lexiconOf(name: string): string {
  return name.replace(/\d+$/u, '')
}
