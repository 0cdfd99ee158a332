import type {DatabaseSync, SQLOutputValue} from 'node:sqlite'

import {matches, parseDocumentText} from '@ep23/sdk'

import type {SqlFilter} from './filter-to-sql.js'

/** Counts documents by the text that an SQL expression gives. */
export function countByText(
  database: DatabaseSync,
  collection: string,
  {filter, expression}: {filter: SqlFilter; expression: string},
): Map<string, number> {
  const texts = {...filter, sql: `${filter.sql} AND typeof(${expression}) = 'text'`}
  const counts = new Map<string, number>()
  if (filter.rest.length === 0) {
    const query = `SELECT ${expression} AS value, count(*) AS count FROM "${collection}" WHERE ${texts.sql} GROUP BY 1`
    for (const row of database.prepare(query).iterate(...filter.parameters))
      counts.set(row['value'] as string, Number(row['count']))
  } else {
    for (const row of matchingRows(database, collection, {filter: texts, column: `${expression} AS value`}))
      counts.set(row['value'] as string, (counts.get(row['value'] as string) ?? 0) + 1)
  }
  return counts
}

/** Returns how many documents were deleted; to be called inside a write transaction. */
export function deleteMatching(database: DatabaseSync, collection: string, filter: SqlFilter): number {
  if (filter.rest.length === 0)
    return Number(database.prepare(`DELETE FROM "${collection}" WHERE ${filter.sql}`).run(...filter.parameters).changes)
  const keys = [...matchingRows(database, collection, {filter, column: 'key'})].map(row => row['key'] as string)
  const remove = database.prepare(`DELETE FROM "${collection}" WHERE key = ?`)
  for (const key of keys) remove.run(key)
  return keys.length
}

function* matchingRows(
  database: DatabaseSync,
  collection: string,
  {filter, column}: {filter: SqlFilter; column: string},
): Generator<Record<string, SQLOutputValue>> {
  const select = database.prepare(`SELECT ${column}, doc FROM "${collection}" WHERE ${filter.sql}`)
  for (const {doc, ...row} of select.iterate(...filter.parameters))
    if (matches(filter.rest, parseDocumentText(doc as string))) yield row
}
