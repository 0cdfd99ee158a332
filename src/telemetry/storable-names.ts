/** A field name that every store takes: dots would mean a path there, a leading `$` an operator, `_id` is MongoDB's. */
export function storableName(name: string): string {
  const plain = name.toWellFormed().replaceAll(/[.\0]/gu, '_').replace(/^\$/u, '_')
  return plain === '_id' ? 'id' : plain
}

/** The same value with storable names at every level; dates stay dates. */
export function withStorableNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withStorableNames)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [storableName(name), withStorableNames(item)]))
}
