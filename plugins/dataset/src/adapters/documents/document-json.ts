/** What MongoDB's Extended JSON may wrap. */
const WRAPPED = /"\$(?:date|oid|uuid|symbol|number(?:Int|Long|Double|Decimal))"/u
const LONG_NUMBER = /\d{16}/u

/**
 * A document's JSON, also MongoDB's Extended JSON, canonical or relaxed. An integer that no JavaScript number holds becomes a
 * BigInt, so that nothing is rounded unnoticed. Throws a SyntaxError.
 */
export function parseDocumentJson(text: string): unknown {
  if (!WRAPPED.test(text) && !LONG_NUMBER.test(text)) return JSON.parse(text) as unknown
  return (JSON.parse as ParseWithSource)(text, (_key, value, context) => {
    if (typeof value === 'number') return exactNumber(value, context?.source)
    return typeof value === 'object' && value !== null ? unwrapped(value) : value
  })
}

// The third parameter is newer than TypeScript's own declaration (https://github.com/tc39/proposal-json-parse-with-source).
type ParseWithSource = (
  text: string,
  reviver: (key: string, value: unknown, context?: {source?: string}) => unknown,
) => unknown

function exactNumber(value: number, source = ''): number | bigint {
  return Number.isInteger(value) && !Number.isSafeInteger(value) && /^-?\d+$/u.test(source) ? BigInt(source) : value
}

// Extended JSON wraps a value in an object of one field.
function unwrapped(value: object): unknown {
  const [first, ...others] = Object.entries(value) as [string, unknown][]
  if (first === undefined || others.length > 0) return value
  const [name, inner] = first
  if (name === '$date') return dateOf(inner) ?? value
  if (typeof inner !== 'string') return value
  if (name === '$oid' || name === '$uuid' || name === '$symbol') return inner
  return /^\$number(?:Int|Long|Double|Decimal)$/u.test(name) ? exactNumber(Number(inner), inner) : value
}

function dateOf(value: unknown): Date | undefined {
  const date = typeof value === 'string' || typeof value === 'number' ? new Date(value) : undefined
  return date === undefined || Number.isNaN(date.getTime()) ? undefined : date
}
