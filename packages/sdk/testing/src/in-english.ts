import {englishOf, isMessage, type Message} from '@ep23/sdk'

/** A value with the English of its messages, to be compared. */
export type InEnglish<T> = T extends Message ? string : T extends object ? {[Key in keyof T]: InEnglish<T[Key]>} : T

/**
 * What a command or a use case says, as `--json` gives it.
 * @example expect(inEnglish(warnings)).to.deep.equal(['nothing was archived'])
 */
export function inEnglish<T>(value: T): InEnglish<T> {
  return plain(value) as InEnglish<T>
}

function plain(value: unknown): unknown {
  if (isMessage(value)) return englishOf(value)
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]))
}
