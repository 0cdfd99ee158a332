import {type Measurement} from '@ep23/statistics'

/** Share of letters that are Cyrillic, 0 … 1; undefined for a text without letters. Links count: strip them first. */
export function cyrillicShare(text: string): Measurement {
  const letters = text.match(/\p{L}/gu) ?? []
  if (letters.length === 0) return undefined
  return letters.filter(letter => /\p{Script=Cyrillic}/u.test(letter)).length / letters.length
}
