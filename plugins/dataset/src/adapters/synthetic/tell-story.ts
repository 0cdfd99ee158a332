import type {Story} from './pack.js'
import type {RandomChoices} from './random.js'
import {type StoryVocabulary, declinePhrase, type NounPhrase} from './vocabulary.js'
import {declineAdjective, parseForm, declineNoun, type Noun, type Form, type Gender} from './decline.js'

const RULE = /\{@([^{}]+)\}/u
const CHOICE = /\[([^[\]]*)\]/u
const SLOT = /\{([^{}]+)\}/gu

export interface ToldStory {
  title: string
  sentences: string[]
}

/** Tells a story: its headline first, then its sentences, all with one cast. */
export function tellStory(story: Story, vocabulary: StoryVocabulary, random: RandomChoices): ToldStory {
  const scene = new Scene(vocabulary, random)
  const tell = (template: string): string => {
    const chosen = choose(expandRules(template, vocabulary, random), random)
    return polish(chosen.replaceAll(SLOT, (_match, slot: string) => scene.fill(slot)))
  }
  return {title: tell(story.title), sentences: story.body.map(tell).filter(sentence => sentence !== '')}
}

function expandRules(template: string, vocabulary: StoryVocabulary, random: RandomChoices): string {
  let text = template
  for (let rule = RULE.exec(text); rule; rule = RULE.exec(text))
    text = text.replace(rule[0], () => random.pick(vocabulary.rule(rule?.[1] ?? '')))
  return text
}

// Innermost brackets first, so that alternatives may hold alternatives.
function choose(template: string, random: RandomChoices): string {
  let text = template
  for (let choice = CHOICE.exec(text); choice; choice = CHOICE.exec(text))
    text = text.replace(choice[0], () => random.pick((choice?.[1] ?? '').split('|')))
  return text
}

// Spaces left by empty alternatives, prepositions before awkward beginnings, the capital letter.
function polish(text: string): string {
  const spaced = text
    .replaceAll(/ {2,}/gu, ' ')
    .replaceAll(/ (?=[,.:;!?»])/gu, '')
    .trim()
  const spoken = spaced
    .replaceAll(/(?<![\p{L}-])([Оо]) (?=[«]?[АЭИОУаэиоу])/gu, '$1б ')
    .replaceAll(/(?<![\p{L}-])([Вв]) (?=[ВФвф][^аеёиоуыэюяАЕЁИОУЫЭЮЯ\s])/gu, '$1о ')
    .replaceAll(/(?<![\p{L}-])([Сс]) (?=[СЗШЖсзшж][^аеёиоуыэюяАЕЁИОУЫЭЮЯ\s])/gu, '$1о ')
  return spoken.charAt(0).toUpperCase() + spoken.slice(1)
}

const NUMBER = /^([a-z]\d?)(?:=(\d+)-(\d+)(?:\/(\d+))?)?(?:#([^:]+))?(?::(р))?$/u
const AGREEMENT = /^([^~]+)~([^:]+)(?::(.+))?$/u
const PHRASE = /^([^:]+)(?::(.+))?$/u

/** The cast of one story: what was drawn for a name stays the same until the story ends. */
class Scene {
  readonly #vocabulary: StoryVocabulary
  readonly #random: RandomChoices
  readonly #phrases = new Map<string, NounPhrase>()
  readonly #names = new Map<string, string>()
  readonly #numbers = new Map<string, number>()

  constructor(vocabulary: StoryVocabulary, random: RandomChoices) {
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

/**
 * The form of a noun after a number written in digits: «21 автобус», «22 автобуса», «25 автобусов»; in the genitive
 * («более 21 автобуса», «более 22 автобусов»). A fraction takes the genitive singular: «2,5 километра».
 */
function formAfterNumber(amount: number, case_: 'и' | 'р'): Form {
  if (!Number.isInteger(amount)) return {case: 'р', number: 'е'}
  const endsInOne = amount % 10 === 1 && amount % 100 !== 11
  if (case_ === 'р') return {case: 'р', number: endsInOne ? 'е' : 'м'}
  if (endsInOne) return {case: 'и', number: 'е'}
  const endsInFew = amount % 10 >= 2 && amount % 10 <= 4 && (amount % 100 < 12 || amount % 100 > 14)
  return {case: 'р', number: endsInFew ? 'е' : 'м'}
}

/** The number with its noun: `24 автобуса`. Thousands are set apart by a no-break space, fractions by a comma. */
export function countNoun(amount: number, noun: Noun, case_: 'и' | 'р' = 'и'): string {
  return `${writeNumber(amount)} ${declineNoun(noun, formAfterNumber(amount, case_))}`
}

/** Russian digits: `1 250`, `12,5`. Numbers of four digits are grouped too. */
export function writeNumber(amount: number): string {
  const [whole = '', fraction] = String(amount).split('.')
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/gu, '\u00A0')
  return fraction === undefined ? grouped : `${grouped},${fraction}`
}

const PAST = /л$/u
const PAST_WITHOUT_L = /[гкзс]$/u
const GONE = /ш[её]л$/u

/**
 * A predicate in agreement with its subject. `lemma` is the masculine form: a past tense (открыл, увеличился, смог, вышел),
 * a short participle (построен, завершён, открыт) or a short adjective (готов, должен).
 */
export function agreePredicate(lemma: string, gender: Gender, number: Form['number']): string {
  if (gender === 'м' && number === 'е') return lemma
  if (lemma.endsWith('ся')) return `${agreePredicate(lemma.slice(0, -2), gender, number)}сь`
  return changingStem(lemma) + ending(lemma, gender, number)
}

function changingStem(lemma: string): string {
  if (GONE.test(lemma)) return `${lemma.slice(0, -2)}л`
  if (PAST.test(lemma)) return lemma
  if (PAST_WITHOUT_L.test(lemma)) return `${lemma.replace(/ё(?=.$)/u, 'е')}л`
  return lemma.replace(/ён$/u, 'ен').replace(/должен$/u, 'должн')
}

function ending(lemma: string, gender: Gender, number: Form['number']): string {
  if (number === 'е') return gender === 'ж' ? 'а' : 'о'
  return PAST.test(lemma) || PAST_WITHOUT_L.test(lemma) ? 'и' : 'ы'
}
