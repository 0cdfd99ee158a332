import type {DatabaseSync, SQLOutputValue} from 'node:sqlite'

import {matches, parseDocumentText, type Tally, TallyGroups, turnTaker} from '@ep23/sdk'

import {fieldExpression, isDateExpression} from './field-expression.js'
import type {SqlFilter} from './filter-to-sql.js'

/** Counts documents by the text that an SQL expression gives; not in SQL, which lets nothing else run until it has read all of them. */
export async function countByText(
  database: DatabaseSync,
  collection: string,
  {filter, expression}: {filter: SqlFilter; expression: string},
): Promise<Map<string, number>> {
  const takeTurn = turnTaker()
  const counts = new Map<string, number>()
  const texts = {...filter, sql: `${filter.sql} AND typeof(${expression}) = 'text'`}
  for (const {value} of matchingRows(database, collection, {filter: texts, column: `${expression} AS value`})) {
    counts.set(value as string, (counts.get(value as string) ?? 0) + 1)
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
  const values = texts.map((field, at) => `${fieldExpression(field)} AS ${names[at]}`)
  const column = [...values, `${isDateExpression(date)} AS dated`].join(', ')
  for (const row of matchingRows(database, collection, {filter, column})) {
    groups.add(
      names.map(name => row[name]),
      row['dated'] === 1,
    )
    await takeTurn()
  }
  return groups.all
}

/** A column of the rows whose documents a filter finds. */
export function* matchingRows(
  database: DatabaseSync,
  collection: string,
  {filter, column}: {filter: SqlFilter; column: string},
): Generator<Record<string, SQLOutputValue>> {
  const document = filter.rest.length > 0 ? ', doc' : ''
  const select = database.prepare(`SELECT ${column}${document} FROM "${collection}" WHERE ${filter.sql}`)
  for (const {doc, ...row} of select.iterate(...filter.parameters))
    if (filter.rest.length === 0 || matches(filter.rest, parseDocumentText(doc as string))) yield row
}
