import {documentText, type Clause, type Scalar} from '@ep23/sdk'

import {comparable, fieldExpression, kindBounds, type Comparable} from './field-expression.js'

export interface SqlCondition {
  sql: string
  parameters: (string | number)[]
}

/** What a query must know of its collection beyond the filter. */
export interface CollectionFacts {
  /** Held by the column `key`; undefined before the first write. */
  keyField: string | undefined
  /** Dotted paths where some document holds an array; an empty one says: perhaps anywhere. */
  arrayPaths: readonly string[]
}

export interface SqlFilter extends SqlCondition {
  /** Clauses left to the reference rules: what the condition finds has to meet them too. */
  rest: readonly Clause[]
}

/**
 * A WHERE condition for the clauses, except those on a path where documents hold arrays: MongoDB's meaning of them has no
 * short form in SQL. (A function of ours inside SQL is no way: Node frees what its calls leave only with the next row.)
 */
export function filterToSql(clauses: readonly Clause[], facts: CollectionFacts): SqlFilter {
  const [rest, fast] = partition(clauses, ({field}) => mayMeetArray(field, facts.arrayPaths))
  const conditions = fast.map(clause => clauseToSql(clause, fieldSql(clause.field, facts)))
  return {
    sql: conditions.map(({sql}) => `(${sql})`).join(' AND ') || 'TRUE',
    parameters: conditions.flatMap(({parameters}) => parameters),
    rest,
  }
}

/** The natural key is a column of its own, and unique: sorting by it needs nothing after it. */
export function sortToSql(sort: Readonly<Record<string, 1 | -1>>, {keyField}: CollectionFacts): string {
  const terms = Object.entries(sort).map(([field, direction], position) => {
    const sql = position === 0 && field === keyField ? 'key' : fieldExpression(field)
    return `${sql} ${direction === 1 ? 'ASC' : 'DESC'}`
  })
  return terms.length > 0 ? `ORDER BY ${terms.join(', ')}` : ''
}

function fieldSql(field: string, {keyField}: CollectionFacts): string {
  return field === keyField ? 'key' : fieldExpression(field)
}

function mayMeetArray(field: string, arrayPaths: readonly string[]): boolean {
  return arrayPaths.some(path => path === '' || field === path || field.startsWith(`${path}.`))
}

function clauseToSql(clause: Clause, field: string): SqlCondition {
  if (clause.operator === 'in') return withinSql(clause.values, field)
  if (clause.operator === 'notIn') {
    const {sql, parameters} = withinSql(clause.values, field)
    return {sql: `(${sql}) IS NOT TRUE`, parameters}
  }
  return rangeSql(clause.operator, clause.value, field)
}

function withinSql(values: readonly Scalar[], field: string): SqlCondition {
  const present = values.filter(value => value !== null).map(value => comparable(value))
  const conditions: SqlCondition[] = []
  if (present.length < values.length) conditions.push({sql: `${field} IS NULL`, parameters: []})
  const [only] = present
  if (only && present.length === 1) conditions.push({sql: `${field} = ${placeholder(only)}`, parameters: [only.value]})
  if (present.length > 1) conditions.push(amongSql(present, field))
  return {
    sql: conditions.map(({sql}) => `(${sql})`).join(' OR ') || 'FALSE',
    parameters: conditions.flatMap(({parameters}) => parameters),
  }
}

// Lists go in as JSON: SQLite bounds the number of parameters.
function amongSql(values: readonly Comparable[], field: string): SqlCondition {
  const [blobs, plain] = partition(values, ({asBlob}) => asBlob)
  const list = `SELECT value FROM json_each(?, '$.values')`
  return {
    sql: `${field} IN (${list} UNION ALL ${list.replace('value', 'CAST(value AS BLOB)')})`,
    parameters: [plain, blobs].map(part => documentText({values: part.map(({value}) => value)}, 'the filter')),
  }
}

function rangeSql(operator: 'gte' | 'lt', value: Exclude<Scalar, null>, field: string): SqlCondition {
  const bound = comparable(value)
  const {from, to} = kindBounds(value)
  const own = `${field} ${operator === 'gte' ? '>=' : '<'} ${placeholder(bound)}`
  const kind = operator === 'gte' ? `${field} < ${to}` : from && `${field} >= ${from}`
  return {sql: kind ? `${own} AND ${kind}` : own, parameters: [bound.value]}
}

function placeholder({asBlob}: Comparable): string {
  return asBlob ? 'CAST(? AS BLOB)' : '?'
}

function partition<T>(items: readonly T[], belongs: (item: T) => boolean): [T[], T[]] {
  return [items.filter(belongs), items.filter(item => !belongs(item))]
}
