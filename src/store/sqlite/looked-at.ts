import type {DatabaseSync, SQLOutputValue} from 'node:sqlite'

import type {SqlCondition} from './filter-to-sql.js'

export interface Reading {
  filter: SqlCondition
  /** SQL of what is wanted of a document, by its name. */
  columns: Readonly<Record<string, string>>
  /** `ORDER BY …`, or nothing. */
  order?: string
  /** No more than so many are asked for: SQLite then sorts no more. */
  limit?: number | undefined
}

export type Row = Record<string, SQLOutputValue>

/**
 * The rows that a condition finds, one by one. Where no index leads to them, also `undefined` for each row that was looked at in vain: SQLite
 * would else let nothing run, no signal be heard, until it has found one.
 */
export function* lookedAt(database: DatabaseSync, collection: string, reading: Reading): Generator<Row | undefined> {
  const {columns, order = '', filter, limit = -1} = reading
  const list = Object.entries(columns).map(([name, sql]) => `${sql} AS ${name}`)
  const found = `SELECT ${list.join(', ')} FROM "${collection}" WHERE ${filter.sql} ${order} LIMIT ${limit}`
  if (filter.sql === 'TRUE' || !readsAll(database, collection, found)) {
    yield* database.prepare(found).iterate(...filter.parameters)
    return
  }
  const wanted = Object.entries(columns).map(([name, sql]) => `CASE WHEN wanted THEN ${sql} END AS ${name}`)
  const marked = `SELECT key, doc, (${filter.sql}) AS wanted FROM "${collection}"`
  const all = database.prepare(`SELECT ${['wanted', ...wanted].join(', ')} FROM (${marked}) ${order}`)
  for (const {wanted: isWanted, ...row} of all.iterate(...filter.parameters)) yield isWanted === 1 ? row : undefined
}

/** Whether SQLite goes through all documents, in the order that is asked for; an index that holds what is asked for is soon read. */
function readsAll(database: DatabaseSync, collection: string, select: string): boolean {
  const steps = database.prepare(`EXPLAIN QUERY PLAN ${select}`).all()
  const details = steps.map(({detail}) => String(detail))
  const isScan = (detail: string): boolean =>
    detail.startsWith(`SCAN ${collection}`) && !detail.includes('COVERING INDEX')
  return details.some(isScan) && !details.some(detail => detail.startsWith('USE TEMP B-TREE'))
}
