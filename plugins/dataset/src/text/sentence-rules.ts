import {DIGIT, LETTER, SPACE, classAt} from './character-classes.js'
import type {Continuation} from './sentence-context.js'

/**
 * Abbreviations written with a dot, in lower case; made for Russian news, posts and encyclopaedic prose. A word that is
 * also an everyday word at the end of sentences (`дом`, `рис`, `тел`) is here only where the next token decides.
 */
function list(names: string): ReadonlySet<string> {
  return new Set(names.split(' '))
}

/** Stand before a name or a word (`ул. Ленина`, `см. Рис. 2`): no sentence ends after them. */
export const LEADING = list(
  'ул пл просп пр пер пос наб бул бульв алл мкр мкрн дер респ им см ср прим напр прибл ок ' +
    'проф акад доц преп асп канд докт св архиеп еп прот игум гр гражд тов госп подполк лейт серж ефр адм ' +
    'дир зав зам нач упр пом секр пред гос засл инж реж муз авт соавт сост изд отв исп урожд букв устар ' +
    'англ лат франц греч итал польск яп япон араб укр белор русск санскр арм груз ' +
    'mr mrs ms dr prof st vs jr sr gen col lt capt sen rep gov rev',
)

/** Stand before a number: `рис. 2`, `стр. 15`, `гл. IV`. Before anything else they are words like any other. */
export const NUMBERED = list(
  'стр рис табл илл прил разд абз гл ст п пп подп пар стб кв корп эт оф каб ауд комн под тел факс доб моб ' +
    'род ум вып кн соч fig no vol p pp',
)

/** Stand after a number or a list (`5 тыс. руб.`, `и др.`): a sentence ends there when a capital letter follows. */
export const TRAILING = list(
  'др проч тыс млн млрд трлн руб коп долл гг вв лл сс тт мм дм км мг кг мл га куб сек мин сут нед мес шт экз ' +
    'чел ед обл янв февр апр авг сент окт нояб дек inc ltd corp etc al',
)

/** One lower-case letter: `г. Москва`, `д. 5`, `с. Ивановка`, `р. Волга`, `XX в.`. */
export const SINGLE_LETTERS = list('г д с р о м т п ч л к х ш в э ж н')

/** Letters with dots between them that may end a sentence; others (`т. е.`, `в т. ч.`, `и. о.`) may not. */
const TRAILING_PAIRS = list('тд тп нэ сг гр сш юш вд зд лс пп')

/** Parts of first names, when they begin with a capital letter: `Дж. Байден`, `Вс. Мейерхольд`. */
export const NAME_PARTS = list('дж вс вл ал евг ив ник пав серг фед фр юр эд ch th ph')

/** Before what a dot ends a sentence, by the word that stands before the dot. */
const ENDS_BEFORE = {
  /** `P. S.` */
  postscript: [],
  /** `ул.`, `г.`, `т. е.` */
  leading: ['opener'],
  /** `И.`, `Дж.` */
  initial: ['opener'],
  /** `стр.`, `рис.`, and a short number, as in `12. 11. 2024` */
  numbered: ['upper', 'opener', 'sign'],
  /** `тыс.`, `и т. д.`, `2020 г.` */
  trailing: ['upper', 'opener'],
  word: ['upper', 'opener', 'number', 'sign'],
} as const satisfies Record<string, readonly Continuation[]>

type LeftSide = keyof typeof ENDS_BEFORE

const LONGEST_ABBREVIATION = 9
const LIST_NUMBER = /^[([«]?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[IVXLC]{1,5}|[a-zа-я])$/i
const LONGEST_LIST_NUMBER = 16

/** True for `1`, `2.3`, `IV`, `а` standing alone: with the dot after it, it numbers what follows. */
export function isListNumber(text: string, start: number, end: number): boolean {
  return end - start <= LONGEST_LIST_NUMBER && LIST_NUMBER.test(text.slice(start, end))
}

/** Decides on a single dot at `dot` by the word before it and the continuation after it. */
export function dotEndsSentence(text: string, dot: number, next: Continuation): boolean {
  const continuations: readonly Continuation[] = ENDS_BEFORE[leftSide(text, dot)]
  return continuations.includes(next) && !isCurrencyOf(text, dot)
}

function leftSide(text: string, dot: number): LeftSide {
  const start = wordStart(text, dot)
  const length = dot - start
  if (length === 0) return /(?:^|\s)\d{1,2}$/.test(text.slice(Math.max(0, dot - 3), dot)) ? 'numbered' : 'word'
  if (length > LONGEST_ABBREVIATION) return 'word'
  const word = text.slice(start, dot)
  return length === 1 ? letterSide(text, start, word) : abbreviationSide(text, start, word)
}

function wordStart(text: string, end: number): number {
  let start = end
  while (end - start <= LONGEST_ABBREVIATION && classAt(text, start - 1) & LETTER) start--
  return start
}

function letterSide(text: string, start: number, letter: string): LeftSide {
  if (isUnit(text, start, letter)) return 'word'
  if (letter !== letter.toLowerCase()) return isPostscript(text, start, letter) ? 'postscript' : 'initial'
  const pair = letterBefore(text, start)
  if (pair) return TRAILING_PAIRS.has(pair + letter) ? 'trailing' : 'leading'
  if (isSuffix(text, start) || !SINGLE_LETTERS.has(letter)) return 'word'
  if (letter === 'в' || isAfterUnit(text, start)) return 'trailing'
  return isAfterNumber(text, start) && (letter !== 'г' || isAfterYear(text, start)) ? 'trailing' : 'leading'
}

/** What joins the parts of a unit or marks a degree, right before a letter. */
const IN_UNITS = new Set('/·°′″∕⋅*×')
/** Units that look like initials: volts, amperes, newtons and so on. */
const UNIT_LETTERS = new Set('ВАНКФСVAWNKCF')

/** `60 км/ч`, `12 кВт·ч`, `−5 °C`, `220 В`: the last letter of a unit, which no initial and no abbreviation is. */
function isUnit(text: string, start: number, letter: string): boolean {
  const before = text.charAt(start - 1)
  if (IN_UNITS.has(before)) return true
  return UNIT_LETTERS.has(letter) && (classAt(text, start - 1) & SPACE) !== 0 && /[\d°]/.test(text.charAt(start - 2))
}

/** `P. S.`, `P.S.`: whatever comes next belongs to it. */
function isPostscript(text: string, start: number, letter: string): boolean {
  return letter === 'S' && /P\.\s?$/.test(text.slice(Math.max(0, start - 3), start))
}

/** `1963-м`, `90-х`, `31а`. */
function isSuffix(text: string, start: number): boolean {
  return text[start - 1] === '-' || (classAt(text, start - 1) & DIGIT) !== 0
}

/** `кв. м.`, `куб. м.`. */
function isAfterUnit(text: string, start: number): boolean {
  return /(?:кв|куб)\.\s?$/.test(text.slice(Math.max(0, start - 5), start))
}

/** `2020 г.` is a year; `участок 418 г. Москвы` is not. */
function isAfterYear(text: string, start: number): boolean {
  return /\b[12]\d{3}\s$/.test(text.slice(Math.max(0, start - 6), start))
}

/** The letter of `т. д.` or `т.д.` that stands with its dot before the one at `start`; else ''. */
function letterBefore(text: string, start: number): string {
  const dot = classAt(text, start - 1) & SPACE ? start - 2 : start - 1
  if (text[dot] !== '.' || classAt(text, dot - 2) & LETTER) return ''
  return /^[а-яё]$/.test(text.charAt(dot - 1)) ? text.charAt(dot - 1) : ''
}

function abbreviationSide(text: string, start: number, word: string): LeftSide {
  const lower = word.toLowerCase()
  if (TRAILING.has(lower) || (lower === 'пр' && isAfterAnd(text, start))) return 'trailing'
  if (NAME_PARTS.has(lower) && lower !== word) return 'initial'
  if (NUMBERED.has(lower)) return 'numbered'
  if (!LEADING.has(lower)) return 'word'
  return isAfterNumber(text, start) ? 'trailing' : 'leading'
}

/** After digits or a Roman number: `2020 г.`, `XX в.`, `5 м.`. */
function isAfterNumber(text: string, start: number): boolean {
  return /(?:\d|(?<![A-Za-z])[IVXLC]{1,5})\s?$/.test(text.slice(Math.max(0, start - 7), start))
}

function isAfterAnd(text: string, start: number): boolean {
  return /(?:^|\s)и\s$/.test(text.slice(Math.max(0, start - 3), start))
}

/** `5 млн долл. США`: the capital letter belongs to the currency. */
function isCurrencyOf(text: string, dot: number): boolean {
  return text.startsWith('долл', dot - 4) && text.startsWith('США', dot + 2)
}
