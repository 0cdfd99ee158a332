import {dateWithoutYear, type Quantity, findDates, impliedByDate, blankOut} from './calendar-dates.js'
import {spelledNumbers} from './number-words.js'

/** Words and marks after a number that are part of its value. */
interface Unit {
  exponent: number
  percent: boolean
}

const ONE: Unit = {exponent: 0, percent: false}
const NOT_LETTER = '(?!\\p{L})'
const NOUN_ENDING = '(?:а|ы|ов|у|ом|е|ам|ами|ах|н\\p{L}{2,3})?'
const UNITS: {pattern: RegExp; unit: Unit}[] = [
  {pattern: unit(`(?:тыс\\.?|тысяч(?:а|и|у|е|ей|ам|ами|ах|н\\p{L}{2,3})?)`), unit: {exponent: 3, percent: false}},
  {pattern: unit(`(?:млн\\.?|миллион${NOUN_ENDING})`), unit: {exponent: 6, percent: false}},
  {pattern: unit(`(?:млрд\\.?|миллиард${NOUN_ENDING})`), unit: {exponent: 9, percent: false}},
  {pattern: unit(`(?:трлн\\.?|триллион${NOUN_ENDING})`), unit: {exponent: 12, percent: false}},
  {pattern: unit(`(?:процент${NOUN_ENDING}|п\\.\\s?п\\.)`), unit: {exponent: 0, percent: true}},
  {pattern: /^[\s-]?%/u, unit: {exponent: 0, percent: true}},
]
/** `10к` and `4K`: thousands or a name, so both readings. */
const K = /^[kк](?!\p{L})/iu
/** The other end of a range, whose unit also belongs to this number: `2,5–3 млн`, `от 10 до 15 %`. */
const RANGE_END = /^\s?(?:[–—-]|до|или)\s?(?<number>\d+(?:[.,]\d+)?)/u

const GROUP = '[ \\u00A0\\u2009\\u202F]'
const NUMBER = new RegExp(
  // Not inside a word, a longer number or a name: GPT-4, A100.
  '(?<![\\p{L}\\d_]|\\p{L}-|\\d[.,])' +
    '(?<minus>(?<=^|[\\s(«"])[-−–]|минус\\s)?' +
    '(?<!\\p{L})' +
    `(?<digits>\\d+(?:\\.\\d+){2,}|\\d{1,3}(?:,\\d{3}){2,}|\\d{1,3}(?:${GROUP}\\d{3})+(?!\\d)(?:[.,]\\d+)?|\\d+(?:[.,]\\d+)?)`,
  'giu',
)

/** Numbers and percentages. Call it after dates were blanked out. */
export function findNumbers(text: string): Quantity[] {
  return [...text.matchAll(NUMBER)].map(match => {
    const end = match.index + match[0].length
    const own = unitAt(text, end)
    const [minus, digits] = [match.groups?.['minus'] ? '-' : '', match.groups?.['digits'] ?? '']
    const units = own.length > 0 ? [own.unit] : possibleUnits(text, end)
    const readings = units.flatMap(unit => readingsOf(minus, digits, unit))
    const whole = text.slice(match.index, end + own.length)
    return {text: whole, start: match.index, end: match.index + whole.length, readings: [...new Set(readings)]}
  })
}

function unitAt(text: string, place: number): {unit: Unit; length: number} {
  const rest = text.slice(place, place + 24)
  for (const {pattern, unit} of UNITS) {
    const match = pattern.exec(rest)
    if (match) return {unit, length: match[0].length}
  }
  return {unit: ONE, length: 0}
}

/** The units of a number that has none of its own but may share the next number's. */
function possibleUnits(text: string, place: number): Unit[] {
  const rest = text.slice(place, place + 24)
  if (K.test(rest)) return [{exponent: 3, percent: false}, ONE]
  const range = RANGE_END.exec(rest)
  const shared = range ? unitAt(text, place + range[0].length) : undefined
  return shared && shared.length > 0 ? [shared.unit, ONE] : [ONE]
}

function readingsOf(minus: string, digits: string, {exponent, percent}: Unit): string[] {
  const plain = digits.replaceAll(/[ \u00A0\u2009\u202F]/gu, '')
  const key = (decimal: string) => `${percent ? 'percent' : 'number'}:${Number(`${minus}${decimal}e${exponent}`)}`
  if (/^\d{1,3}(?:[.,]\d{3}){2,}$/u.test(plain)) return [key(plain.replaceAll(/[.,]/gu, ''))]
  if (/\..*\./u.test(plain)) return [`version:${plain}`]
  const decimal = key(plain.replace(',', '.'))
  const alone = exponent === 0 && !percent && minus === ''
  return alone ? [decimal, ...otherReadings(plain, key)] : [decimal]
}

/** `1,000` may be a thousand; `12.30` may be half past twelve and `05.11` the fifth of November. */
function otherReadings(plain: string, key: (decimal: string) => string): string[] {
  if (/^[1-9]\d{0,2}[.,]\d{3}$/u.test(plain)) return [key(plain.replace(/[.,]/u, ''))]
  const [, first, second] = /^(\d{1,2})\.(\d{2})$/u.exec(plain) ?? []
  if (first === undefined || second === undefined) return []
  const time = Number(first) < 24 && Number(second) < 60 ? [`time:${Number(first)}:${second}`] : []
  return [...time, ...dateWithoutYear(Number(first), Number(second))]
}

function unit(pattern: string): RegExp {
  return new RegExp(`^[\\s-]?${pattern}${NOT_LETTER}`, 'iu')
}

/** Digits in addresses and names are not statements about the world. */
const ADDRESSES = /(?:https?:\/\/|www\.|t\.me\/)[^\s<>)\]]+|[\w.+-]+@[\w-]+\.[\w.]+|[@#][\p{L}\d_]+/giu

/**
 * The numbers, shares, dates and times of a Russian text, in order, each under a key that does not depend on its spelling:
 * `5,5 тыс.` and `5 500` are `number:5500`, `5 ноября 2024` and `05.11.2024` are `date:2024-11-05`. Digits inside URLs,
 * mail addresses, `@names`, `#tags` and product names (`GPT-4`, `A100`) are left out; so are numbers in words.
 */
export function extractQuantities(text: string): Quantity[] {
  const withoutAddresses = blankOut(text, [...text.matchAll(ADDRESSES)].map(spanOf))
  const dates = findDates(withoutAddresses)
  const numbers = findNumbers(blankOut(withoutAddresses, dates))
  return [...dates, ...numbers].toSorted((a, b) => a.start - b.start)
}

/**
 * Everything a source text supports: all readings of its quantities, what a full date implies (its month, its year, the day
 * without a year) and the numbers it spells out (`двадцать пять` supports 25).
 */
export function quantityEvidence(text: string): Set<string> {
  const written = extractQuantities(text).flatMap(quantity => quantity.readings)
  return new Set([...written, ...written.flatMap(impliedByDate), ...spelledNumbers(text)])
}

function spanOf(match: RegExpExecArray): {start: number; end: number} {
  return {start: match.index, end: match.index + match[0].length}
}
