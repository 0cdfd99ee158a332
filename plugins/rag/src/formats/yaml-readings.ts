import {parseDocument, visit} from 'yaml'

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

/** A number such as 1e-7 as YAML 1.1 reads it too, 1.0e-7, wherever the library has written one. */
export function withAgreedNumbers(text: string): string {
  const found: {start: number; end: number; value: number}[] = []
  visit(parseDocument(text), {
    Scalar(_, {value, range}) {
      if (typeof value === 'number' && range) found.push({start: range[0], end: range[1], value})
    },
  })
  return found.toReversed().reduce((result, {start, end, value}) => {
    const source = result.slice(start, end)
    return `${result.slice(0, start)}${agreedSpelling(source, value)}${result.slice(end)}`
  }, text)
}
