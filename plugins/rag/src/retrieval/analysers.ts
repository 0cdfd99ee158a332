import {STOP_WORDS, stem, textSignature, TEXT_VERSION} from '@ep23/plugin-dataset/text'
import {type Analyser, type IndexedWord, SEARCH_KINDS, SEARCH_VERSION, searchTokens, searchWords} from './analyser.js'
import {stemmer} from 'stemmer'

const RETRIEVAL_LANGUAGES = ['ru', 'en'] as const
export type RetrievalLanguage = (typeof RETRIEVAL_LANGUAGES)[number]

export function analyserOf(language: RetrievalLanguage): Analyser {
  return language === 'ru' ? russianAnalyser() : englishAnalyser()
}

/** Interrogatives in all their forms (without ё): they ask for the answer and do not stand in it. Snowball's list has only some. */
const QUESTION_WORDS: ReadonlySet<string> = new Set(
  (
    'кто кого кому кем ком что чего чему чем какой какая какое какие какого какую каких какому каким какими каком который ' +
    'которая которое которые которого которую которых которому которым которыми котором которой чей чья чье чьи чьего чьей чью ' +
    'чьих чьему чьим чьими чьем сколько скольких скольким сколькими каков какова каково каковы где куда откуда когда почему ' +
    'отчего зачем как насколько'
  ).split(' '),
)

export interface RussianAnalyserOptions {
  /** Snowball stems instead of whole words. Default true. */
  stem?: boolean
  /** Letters of the prefix that goes beside the stem, 0 for none. Default 4. */
  prefixLength?: number
  /** Leave out the Snowball stop words and the interrogatives. Default true. */
  stopWords?: boolean
}

const IGNORED: ReadonlySet<string> = new Set([...STOP_WORDS, ...QUESTION_WORDS])
const CYRILLIC = /^[\u0400-\u04ff]+$/

/**
 * Two views of each word: its Snowball stem and its first letters (`новостями` → `новост`, `ново*`). The stem is exact, the
 * prefix also brings together what the stemmer leaves apart (`Америка` and `американский`). A word without a prefix of its own
 * (Latin, a number, shorter than the prefix) has one term with the weight of two, so that it counts as much as others. Capitals
 * make no difference: people search without them, so abbreviations are stemmed as words are.
 */
export function russianAnalyser(options: RussianAnalyserOptions = {}): Analyser {
  const {stem: stemmed = true, prefixLength = 4, stopWords = true} = options
  const whole = stemmed ? stem : (word: string) => word
  const core = textSignature({kinds: SEARCH_KINDS, stem: stemmed, stopWords})
  return {
    signature: `ru|${core}|search:${SEARCH_VERSION}|prefix:${prefixLength}`,
    tokens: searchTokens,
    words(token) {
      const words = searchWords(token).map(mendLookalikes)
      const kept = stopWords ? words.filter(word => !IGNORED.has(word)) : words
      return kept.map(word => viewsOf(word, whole(word), prefixLength))
    },
  }
}

/** The asterisk keeps prefixes apart from stems that look the same. */
function viewsOf(word: string, whole: string, prefixLength: number): IndexedWord {
  if (prefixLength === 0) return [{term: whole, weight: 1}]
  if (word.length < prefixLength || !CYRILLIC.test(word)) return [{term: whole, weight: 2}]
  return [
    {term: whole, weight: 1},
    {term: `${word.slice(0, prefixLength)}*`, weight: 1},
  ]
}

/** Cyrillic letters and the Latin ones that look the same. */
const LOOKALIKES = [
  ['а', 'a'],
  ['в', 'b'],
  ['е', 'e'],
  ['к', 'k'],
  ['м', 'm'],
  ['н', 'h'],
  ['о', 'o'],
  ['р', 'p'],
  ['с', 'c'],
  ['т', 't'],
  ['у', 'y'],
  ['х', 'x'],
] as const
const TO_LATIN = new Map<string, string>(LOOKALIKES)
const TO_CYRILLIC = new Map<string, string>(LOOKALIKES.map(([cyrillic, latin]) => [latin, cyrillic]))

const MIXED = /[a-z].*[а-я]|[а-я].*[a-z]/

/**
 * Mends a lower-case word that mixes Latin and Cyrillic letters of the same look, as keyboards and evaders of filters make them
 * (`cредние` with a Latin c, `сopy` with a Cyrillic с): the rarer alphabet gives way, when every letter of it has a lookalike.
 * Other words, also true mixtures such as `3dшный`, stay.
 */
function mendLookalikes(word: string): string {
  if (!MIXED.test(word)) return word
  const latin = word.match(/[a-z]/g) ?? []
  const cyrillic = word.match(/[а-я]/g) ?? []
  const [rarer, twins] = latin.length <= cyrillic.length ? [latin, TO_CYRILLIC] : [cyrillic, TO_LATIN]
  const mended = new Map(rarer.map(letter => [letter, twins.get(letter)]))
  if ([...mended.values()].includes(undefined)) return word
  return word.replace(/[a-zа-я]/g, letter => mended.get(letter) ?? letter)
}

const POSSESSIVE = /'s$/

export interface EnglishAnalyserOptions {
  /** Porter stems instead of whole words. Default true. */
  stem?: boolean
  /** Leave the stop words out. Default true. */
  stopWords?: boolean
}

/**
 * Words without stop words, brought to their Porter stems (Porter 1980 with the author's later changes; @orama/stemmers gets its
 * step for `-ion` wrong), possessive `'s` cut off. The stems need no prefixes beside them: English has few endings.
 */
export function englishAnalyser({stem = true, stopWords = true}: EnglishAnalyserOptions = {}): Analyser {
  return {
    signature: `en|tok:${TEXT_VERSION}|search:${SEARCH_VERSION}|stem:${stem ? 'porter' : 'no'}|stop:${stopWords ? 'en-1' : 'no'}`,
    tokens: searchTokens,
    words(token) {
      const words = searchWords(token.replace(POSSESSIVE, ''))
      const kept = stopWords ? words.filter(word => !ENGLISH_STOP_WORDS.has(word)) : words
      return kept.map(word => [{term: stem ? stemmer(word) : word, weight: 1}])
    },
  }
}

/** Function words of English: articles, pronouns, prepositions, conjunctions, auxiliary verbs. */
const ENGLISH_STOP_WORDS: ReadonlySet<string> = new Set(
  (
    'a an the i me my we us our ours you your yours he him his she her hers it its they them their theirs this that these those ' +
    'who whom whose which what when where why how am is are was were be been being have has had having do does did doing ' +
    'can could may might must shall should will would not no nor and or but if then than as at by for from in into of off on ' +
    'onto out over to up down with within without about above after again against all also any before below between both ' +
    'during each few further here more most once only other own same so some such there through too under until very while'
  ).split(' '),
)
