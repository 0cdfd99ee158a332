import {types} from 'node:util'

import {compareCodePoints} from '../compare-code-points.js'
import type {Clause} from './filter.js'

/** Where MongoDB's sort order puts the kinds of values; missing counts as null. */
const RANKS = {null: 1, number: 2, string: 3, object: 4, array: 5, boolean: 8, date: 9} as const

/**
 * Whether a document meets all conditions, by MongoDB's rules: comparisons stay within one type, null also finds
 * missing fields, and a path that meets an array holds for the array when it holds for one of its elements.
 */
export function matches(clauses: readonly Clause[], document: object): boolean {
  return clauses.every(clause => {
    const values = valuesAt(document, clause.field.split('.'))
    if (clause.operator === 'in') return values.some(value => isAmong(value, clause.values))
    if (clause.operator === 'notIn') return !values.some(value => isAmong(value, clause.values))
    const {operator, value: bound} = clause
    return values.some(
      value => rankOf(value) === rankOf(bound) && compareValues(value, bound) < 0 === (operator === 'lt'),
    )
  })
}

/** What a sort compares: the value at a path that meets no array. */
export function valueAt(document: object, path: string): unknown {
  return path.split('.').reduce((node: unknown, field) => (isRecord(node) ? own(node, field) : undefined), document)
}

/** MongoDB's order of scalars of all types; objects are equal among themselves, and so are arrays. */
export function compareValues(left: unknown, right: unknown): number {
  const rank = rankOf(left)
  if (rank !== rankOf(right)) return rank - rankOf(right)
  if (rank === RANKS.string) return compareCodePoints(left as string, right as string)
  if (rank === RANKS.null || rank === RANKS.object || rank === RANKS.array) return 0
  return Number(left) - Number(right)
}

function isAmong(value: unknown, values: readonly unknown[]): boolean {
  return values.some(other => {
    const rank = rankOf(other)
    return rank === rankOf(value) && compareValues(value, other) === 0
  })
}

// An array on the way stands for its objects (an array in it does not), an array at the end for its elements.
function valuesAt(node: unknown, [field, ...rest]: readonly string[]): unknown[] {
  if (field === undefined) return Array.isArray(node) ? node : [node]
  if (Array.isArray(node)) return node.filter(isRecord).flatMap(element => valuesAt(element, [field, ...rest]))
  return isRecord(node) ? valuesAt(own(node, field), rest) : [undefined]
}

// A field may be called `constructor`.
function own(node: Record<string, unknown>, field: string): unknown {
  return Object.hasOwn(node, field) ? node[field] : undefined
}

function rankOf(value: unknown): number {
  if (value === undefined || value === null) return RANKS.null
  if (typeof value !== 'object') return RANKS[typeof value as 'number' | 'string' | 'boolean']
  if (Array.isArray(value)) return RANKS.array
  return types.isDate(value) ? RANKS.date : RANKS.object
}

function isRecord(node: unknown): node is Record<string, unknown> {
  return rankOf(node) === RANKS.object
}
