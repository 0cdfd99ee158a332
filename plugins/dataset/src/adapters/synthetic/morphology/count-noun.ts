import {declineNoun, type Noun} from './decline-noun.js'
import type {Form} from './forms.js'

/**
 * The form of a noun after a number written in digits: «21 автобус», «22 автобуса», «25 автобусов»; in the genitive
 * («более 21 автобуса», «более 22 автобусов»). A fraction takes the genitive singular: «2,5 километра».
 */
export function formAfterNumber(amount: number, case_: 'и' | 'р'): Form {
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
