import type {Scalar} from '@ep23/sdk'

/**
 * SQL for the value of a field, made so that SQLite's own order (null, numbers, text by UTF-8 bytes, blobs) is MongoDB's:
 * objects, arrays, booleans and dates become blobs that start with MongoDB's rank of their kind. One expression thus
 * serves equality, ranges, sorting and indexes, and comparisons stay within one type by themselves.
 */
export function fieldExpression(path: string): string {
  const json = jsonPath(path)
  const date = jsonPath(`${path}.$date`)
  return (
    `CASE json_type(doc, ${json}) WHEN 'true' THEN x'3831' WHEN 'false' THEN x'3830' WHEN 'array' THEN x'35'` +
    ` WHEN 'object' THEN CAST(coalesce('9' || json_extract(doc, ${date}), '4') AS BLOB)` +
    ` ELSE json_extract(doc, ${json}) END`
  )
}

/** 1 for a date; made of `fieldExpression`, so that an index over the field answers it. */
export function isDateExpression(path: string): string {
  const field = fieldExpression(path)
  const {from, to} = kindBounds(new Date(0))
  return `(${field} >= ${from} AND ${field} < ${to})`
}

/** A whole value as JSON text, null for a missing one: what a unique index compares. */
export function jsonExpression(path: string): string {
  return `coalesce(doc -> ${jsonPath(path)}, 'null')`
}

export interface Comparable {
  value: string | number
  /** The value is to be cast to a blob. */
  asBlob: boolean
}

/** A filter's scalar as `fieldExpression` would give it. */
export function comparable(value: Exclude<Scalar, null>): Comparable {
  if (typeof value === 'boolean') return {value: value ? '81' : '80', asBlob: true}
  if (typeof value === 'object') return {value: `9${value.toISOString()}`, asBlob: true}
  return {value, asBlob: false}
}

/** The first value of the next kind in the order; and for text and blobs the first of their own. */
export function kindBounds(value: Exclude<Scalar, null>): {from: string | undefined; to: string} {
  if (typeof value === 'number') return {from: undefined, to: `''`}
  if (typeof value === 'string') return {from: `''`, to: `x''`}
  return typeof value === 'boolean' ? {from: `x'38'`, to: `x'39'`} : {from: `x'39'`, to: `x'3a'`}
}

/** A quoted JSON path as an SQL literal; `checkFieldPath` has kept quotes and backslashes out. */
function jsonPath(path: string): string {
  const labels = path.split('.').map(field => `."${field}"`)
  return `'$${labels.join('').replaceAll("'", "''")}'`
}
