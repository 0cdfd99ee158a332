/** Grammatical cases by their Russian initials: именительный, родительный, дательный, винительный, творительный, предложный. */
export const CASES = ['и', 'р', 'д', 'в', 'т', 'п'] as const
export type Case = (typeof CASES)[number]

export type Gender = 'м' | 'ж' | 'с'

/** Number: singular or plural (`м` for «множественное»). */
export type Number_ = 'е' | 'м'

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
