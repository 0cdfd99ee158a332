const NUMBERS = new Set(['$numberLong', '$numberInt', '$numberDouble', '$numberDecimal'])
const TEXTS = new Set(['$oid', '$symbol', '$uuid'])
const BSON_NUMBERS = new Set(['Long', 'Int32', 'Double', 'Decimal128', 'Timestamp'])

/**
 * The value that MongoDB's Extended JSON stands for, relaxed or canonical (`{"$date": …}`, `{"$numberLong": "7"}`), or an
 * object of the bson library; anything else as it is.
 */
export function plainValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Date) return value
  if (isBson(value)) return BSON_NUMBERS.has(value._bsontype) ? Number(value) : value.toString()
  for (const key in value) {
    if (!key.startsWith('$')) return value
    return unwrapped(key, (value as Record<string, unknown>)[key]) ?? value
  }
  return value
}

interface BsonValue {
  _bsontype: string
  toString(): string
}

function isBson(value: object): value is BsonValue {
  return '_bsontype' in value
}

function unwrapped(key: string, inner: unknown): unknown {
  if (key === '$date') return dateOf(plainValue(inner))
  if (TEXTS.has(key) && typeof inner === 'string') return inner
  if (!NUMBERS.has(key) || (typeof inner !== 'string' && typeof inner !== 'number')) return undefined
  const number = Number(inner)
  // A 64-bit number that JavaScript cannot hold stays text, so that it is not rounded.
  return Number.isInteger(number) && !Number.isSafeInteger(number) ? inner : number
}

function dateOf(value: unknown): Date | undefined {
  return typeof value === 'string' || typeof value === 'number' ? new Date(value) : undefined
}
