import type {DatabaseSync} from 'node:sqlite'

import {matches, parseDocumentText, type Tally, TallyGroups, turnTaker} from '@ep23/sdk'

import {fieldExpression, isDateExpression} from './field-expression.js'
import type {SqlFilter} from './filter-to-sql.js'
import {lookedAt, type Row} from './looked-at.js'

/** Counts documents by the text that an SQL expression gives; not in SQL, which lets nothing else run until it has read all of them. */
export async function countByText(
  database: DatabaseSync,
  collection: string,
  {filter, expression}: {filter: SqlFilter; expression: string},
): Promise<Map<string, number>> {
  const takeTurn = turnTaker()
  const counts = new Map<string, number>()
  const texts = {...filter, sql: `${filter.sql} AND typeof(${expression}) = 'text'`}
  for (const row of matchingRows(database, collection, {filter: texts, columns: {value: expression}})) {
    if (row) counts.set(row['value'] as string, (counts.get(row['value'] as string) ?? 0) + 1)
    await takeTurn()
  }
  return counts
}

/** Not grouped in SQL either. A value of JSON that is neither text nor null comes as a number or as bytes. */
export async function tally(
  database: DatabaseSync,
  collection: string,
  {filter, texts, date}: {filter: SqlFilter; texts: readonly string[]; date: string},
): Promise<Tally[]> {
  const takeTurn = turnTaker()
  const groups = new TallyGroups(texts)
  const names = texts.map((_, at) => `t${at}`)
  const values = texts.map((field, at) => [names[at], fieldExpression(field)] as const)
  const columns = {...Object.fromEntries(values), dated: isDateExpression(date)}
  for (const row of matchingRows(database, collection, {filter, columns})) {
    if (row)
      groups.add(
        names.map(name => row[name]),
        row['dated'] === 1,
      )
    await takeTurn()
  }
  return groups.all
}

/** Something of each document that the whole filter finds; undefined for one that was looked at in vain. */
export function* matchingRows(
  database: DatabaseSync,
  collection: string,
  {filter, columns}: {filter: SqlFilter; columns: Readonly<Record<string, string>>},
): Generator<Row | undefined> {
  const isPartly = filter.rest.length > 0
  for (const row of lookedAt(database, collection, {filter, columns: {...columns, ...(isPartly && {doc: 'doc'})}}))
    yield row && (!isPartly || matches(filter.rest, parseDocumentText(row['doc'] as string))) ? row : undefined
}
