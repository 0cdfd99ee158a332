import {findDates, impliedByDate} from './calendar-dates.js'
import {spelledNumbers} from './number-words.js'
import {blankOut, type Quantity} from './quantity.js'
import {findNumbers} from './written-numbers.js'

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
