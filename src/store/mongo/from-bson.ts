/**
 * A document read from MongoDB in the port's terms: what other programs stored in types that the port does not know
 * (ObjectId, Decimal128, integers beyond 2^53, …) becomes text. Changes the document in place.
 */
export function fromBson<T extends object>(document: T): T {
  const fields = document as Record<string, unknown>
  for (const field of Object.keys(fields)) {
    const value = fields[field]
    if (typeof value === 'object' && value !== null) fields[field] = fromContainer(value)
  }
  return document
}

function fromContainer(value: object): unknown {
  if (value instanceof Date) return value
  if ('_bsontype' in value || value instanceof RegExp) return (value as {toString(): string}).toString()
  return fromBson(value)
}
