/** How PyYAML, which the team's Python uses, reads plain words: YAML 1.1, with numbers of its own. */
const READINGS: readonly (readonly [RegExp, string])[] = [
  [/^(?:yes|Yes|YES|on|On|ON)$/u, 'true'],
  [/^(?:no|No|NO|off|Off|OFF)$/u, 'false'],
  [/^[-+]?0[0-7_]+$/u, 'an octal number'],
  [/^[-+]?0b[01_]+$/u, 'a binary number'],
  [/^[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/u, 'a number to the base 60'],
  [/^[-+]?(?=.*_)(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9_]+|0x[0-9a-fA-F_]+)(?:[eE][-+][0-9]+)?$/u, 'a number'],
  [/^0o[0-7]+$/u, 'a text'],
  // A float needs its point, and its exponent a sign.
  [/^[-+]?[0-9]+[eE][-+]?[0-9]+$/u, 'a text'],
  [/^[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)[eE][0-9]+$/u, 'a text'],
  [/^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt ].*)?$/u, 'a date'],
  [/^=$/u, 'nothing at all'],
]

/**
 * What YAML 1.1 makes of a plain scalar that YAML 1.2 reads otherwise; undefined when both agree.
 * @example otherReading('off') // 'false'
 */
export function otherReading(source: string): string | undefined {
  return READINGS.find(([form]) => form.test(source))?.[1]
}

/** How to write it so that both read what this program has read. @example agreedSpelling('042', 42) // '42' */
export function agreedSpelling(source: string, value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(source)
  if (typeof value !== 'number') return String(value)
  if (otherReading(source) === undefined && Number(source) === value) return source
  const text = String(value)
  // 1e+21 and the like: PyYAML wants the point.
  return /e/u.test(text) && !text.includes('.') ? text.replace('e', '.0e') : text
}

/** What a YAML library says of a scalar. */
interface YamlScalar {
  type?: string | null | undefined
  /** As it is written. */
  source?: string | undefined
  value: unknown
}

export interface TwoReadings {
  written: string
  /** What YAML 1.1 makes of it. */
  reading: string
  /** How to write it so that every reader reads the same. */
  agreed: string
}

/** A plain scalar that two YAML readers take for two different values; undefined when all agree. */
export function twoReadings({type, source, value}: YamlScalar): TwoReadings | undefined {
  const reading = type === 'PLAIN' && source !== undefined ? otherReading(source) : undefined
  if (source === undefined || reading === undefined) return undefined
  return {written: source, reading, agreed: agreedSpelling(source, value)}
}
