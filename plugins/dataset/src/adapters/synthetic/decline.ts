/** Grammatical cases by their Russian initials: именительный, родительный, дательный, винительный, творительный, предложный. */
export const CASES = ['и', 'р', 'д', 'в', 'т', 'п'] as const
export type Case = (typeof CASES)[number]

export type Gender = 'м' | 'ж' | 'с'

/** Number: singular or plural (`м` for «множественное»). */
type Number_ = 'е' | 'м'

/** A cell of a paradigm: case and number, as `рм` for the genitive plural. Singular is written without its letter. */
export interface Form {
  case: Case
  number: Number_
}

/** Reads `р` or `рм`. */
export function parseForm(text: string): Form {
  const [first = '', second] = text
  if (!isCase(first) || (second !== undefined && second !== 'м')) throw new Error(`"${text}" is not a grammatical form`)
  return {case: first, number: second ?? 'е'}
}

function isCase(letter: string): letter is Case {
  return (CASES as readonly string[]).includes(letter)
}

/** A noun of the lexicon: what its dictionary form does not show is written out. */
export interface Noun {
  lemma: string
  gender: Gender
  animate: boolean
  /** The stem of the oblique forms where a vowel is lost: рынок → рынк. */
  stem?: string
  /** Irregular forms by cell: `рм` семей, `им` города. */
  irregular: Readonly<Partial<Record<string, string>>>
}

type Endings = readonly [singular: string, plural: string]

// Order of cases: и р д в т п; `0` is no ending, `-` an accusative that follows animacy.
const ENDINGS: Record<string, Endings> = {
  // район, врач
  'м hard': ['0 а у - ом е', 'ы ов ам - ами ах'],
  'м velar': ['0 а у - ом е', 'и ов ам - ами ах'],
  'м sibilant': ['0 а у - ом е', 'и ей ам - ами ах'],
  'м ц': ['0 а у - ем е', 'ы ев ам - ами ах'],
  // музей, сценарий, фонарь
  'м й': ['й я ю - ем е', 'и ев ям - ями ях'],
  'м ий': ['ий ия ию - ием ии', 'ии иев иям - иями иях'],
  'м ь': ['ь я ю - ем е', 'и ей ям - ями ях'],
  // школа, река, площадка, улица, неделя, станция, площадь
  'ж hard': ['а ы е у ой е', 'ы 0 ам - ами ах'],
  'ж velar': ['а и е у ой е', 'и 0 ам - ами ах'],
  'ж sibilant': ['а и е у ей е', 'и 0 ам - ами ах'],
  'ж ц': ['а ы е у ей е', 'ы 0 ам - ами ах'],
  'ж я': ['я и е ю ей е', 'и ь ям - ями ях'],
  'ж ия': ['ия ии ии ию ией ии', 'ии ий иям - иями иях'],
  'ж ь': ['ь и и ь ью и', 'и ей ям - ями ях'],
  'ж ь sibilant': ['ь и и ь ью и', 'и ей ам - ами ах'],
  // место, училище, здание, поле
  'с о': ['о а у о ом е', 'а 0 ам - ами ах'],
  'с е': ['е а у е ем е', 'а 0 ам - ами ах'],
  'с ие': ['ие ия ию ие ием ии', 'ия ий иям - иями иях'],
  'с soft': ['е я ю е ем е', 'я ей ям - ями ях'],
}
const COLUMN: Record<Case, number> = {и: 0, р: 1, д: 2, в: 3, т: 4, п: 5}

/** One form of a noun by the regular endings of its type, or its irregular form. */
export function declineNoun(noun: Noun, form: Form): string {
  const cell = form.number === 'м' ? `${form.case}м` : form.case
  const irregular = noun.irregular[cell]
  if (irregular !== undefined) return irregular
  if (form.case === 'в') {
    const accusative = accusativeEnding(noun, form)
    if (accusative === '-') return declineNoun(noun, {...form, case: noun.animate ? 'р' : 'и'})
  }
  return regularForm(noun, form)
}

function accusativeEnding(noun: Noun, {number}: Form): string | undefined {
  return endingsOf(noun)[number === 'м' ? 1 : 0].split(' ')[COLUMN['в']]
}

function regularForm(noun: Noun, form: Form): string {
  const {lemma} = noun
  if (form.case === 'и' && form.number === 'е') return lemma
  const ending = endingsOf(noun)[form.number === 'м' ? 1 : 0].split(' ')[COLUMN[form.case]] ?? ''
  // A feminine in -ь keeps its dictionary form in the accusative, and its lost vowel returns before -ью.
  if (noun.gender === 'ж' && ending === 'ь' && lemma.endsWith('ь')) return lemma
  const stem = noun.stem ?? dictionaryStem(noun)
  return ending === '0' ? stem : stem + ending
}

function dictionaryStem(noun: Noun): string {
  const {lemma} = noun
  if (/(?:ий|ия|ие)$/u.test(lemma)) return lemma.slice(0, -2)
  return /[аяоеьй]$/u.test(lemma) ? lemma.slice(0, -1) : lemma
}

function endingsOf(noun: Noun): Endings {
  const endings = ENDINGS[typeOf(noun)]
  if (endings === undefined) throw new Error(`the noun "${noun.lemma}" belongs to no declension`)
  return endings
}

function typeOf({lemma, gender}: Noun): string {
  if (gender === 'м') return masculineType(lemma)
  return gender === 'ж' ? feminineType(lemma) : neuterType(lemma)
}

function masculineType(lemma: string): string {
  if (lemma.endsWith('ий')) return 'м ий'
  if (/[йь]$/u.test(lemma)) return `м ${lemma.at(-1)}`
  if (/[гкх]$/u.test(lemma)) return 'м velar'
  if (/[жшщч]$/u.test(lemma)) return 'м sibilant'
  return lemma.endsWith('ц') ? 'м ц' : 'м hard'
}

function feminineType(lemma: string): string {
  if (lemma.endsWith('ия')) return 'ж ия'
  if (lemma.endsWith('я')) return 'ж я'
  if (lemma.endsWith('ь')) return /[жшщч]ь$/u.test(lemma) ? 'ж ь sibilant' : 'ж ь'
  if (/[гкх]а$/u.test(lemma)) return 'ж velar'
  if (/[жшщч]а$/u.test(lemma)) return 'ж sibilant'
  return lemma.endsWith('ца') ? 'ж ц' : 'ж hard'
}

function neuterType(lemma: string): string {
  if (lemma.endsWith('ие')) return 'с ие'
  if (lemma.endsWith('о')) return 'с о'
  return /[жшщчц]е$/u.test(lemma) ? 'с е' : 'с soft'
}

// Endings by the last letter of the stem: hard (нов-ый), velar (широк-ий), sibilant (свеж-ий, рабоч-ий), soft (утренн-ий).
type StemKind = 'hard' | 'velar' | 'sibilant' | 'soft'

// Order of cases: и р д в т п. The masculine and plural accusatives follow animacy and are filled in below.
const ADJECTIVE_MASCULINE: Record<StemKind, string> = {
  hard: 'ый ого ому - ым ом',
  velar: 'ий ого ому - им ом',
  sibilant: 'ий его ему - им ем',
  soft: 'ий его ему - им ем',
}
const ADJECTIVE_FEMININE: Record<StemKind, string> = {
  hard: 'ая ой ой ую ой ой',
  velar: 'ая ой ой ую ой ой',
  sibilant: 'ая ей ей ую ей ей',
  soft: 'яя ей ей юю ей ей',
}
const ADJECTIVE_PLURAL: Record<StemKind, string> = {
  hard: 'ые ых ым - ыми ых',
  velar: 'ие их им - ими их',
  sibilant: 'ие их им - ими их',
  soft: 'ие их им - ими их',
}
const ADJECTIVE_NEUTER: Record<StemKind, string> = {hard: 'ое', velar: 'ое', sibilant: 'ее', soft: 'ее'}

/**
 * A full adjective or participle in agreement with a noun; `lemma` is the masculine nominative (новый, городской,
 * свежий, утренний). Stressed endings (-ой) and unstressed ones differ in that one form only.
 */
export function declineAdjective(lemma: string, {case: case_, number}: Form, gender: Gender, animate: boolean): string {
  const stem = lemma.slice(0, -2)
  const kind = stemKind(lemma)
  if (case_ === 'в' && (number === 'м' || gender === 'м'))
    return declineAdjective(lemma, {case: animate ? 'р' : 'и', number}, gender, animate)
  if (number === 'м') return stem + ending(ADJECTIVE_PLURAL[kind], case_)
  if (gender === 'ж') return stem + ending(ADJECTIVE_FEMININE[kind], case_)
  if (gender === 'с' && (case_ === 'и' || case_ === 'в')) return stem + ADJECTIVE_NEUTER[kind]
  return case_ === 'и' ? lemma : stem + ending(ADJECTIVE_MASCULINE[kind], case_)
}

/** True for a word that has the dictionary form of an adjective. */
export function isAdjective(word: string): boolean {
  return /(?:ый|ий|ой)$/u.test(word)
}

function stemKind(lemma: string): StemKind {
  if (/[гкх](?:ий|ой)$/u.test(lemma)) return 'velar'
  if (/[жшщч]ий$/u.test(lemma)) return 'sibilant'
  return lemma.endsWith('ий') ? 'soft' : 'hard'
}

function ending(endings: string, case_: Case): string {
  return endings.split(' ')[COLUMN[case_]] ?? ''
}
