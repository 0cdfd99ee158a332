import {inspect, types} from 'node:util'

import type {Message} from '../messages.js'
import {Ep23Error} from '../command/errors.js'
import {EXIT} from '../command/exit-codes.js'
import type {Condition, Filter, FindOptions, Scalar} from './store.js'
import {words} from '../words/words.js'

/** One condition of a filter in its simplest form: equality is `in` with one value, `$ne` is `notIn` with one. */
export type Clause =
  | {field: string; operator: 'in'; values: readonly Scalar[]}
  | {field: string; operator: 'notIn'; values: readonly Scalar[]}
  | {field: string; operator: 'gte' | 'lt'; value: Exclude<Scalar, null>}

/**
 * The conditions of a filter, all of which must hold; for adapters and fakes, so that they agree on what is a filter.
 * @throws Ep23Error STORE_FILTER_INVALID: a wrong filter is a mistake in the program. Above all an undefined value,
 * which would otherwise delete more than was meant
 */
export function filterClauses(filter: Filter): Clause[] {
  return Object.entries(filter).flatMap(([field, condition]) => {
    checkFieldPath(field)
    return isScalar(condition) ? [within(field, [condition])] : conditionClauses(field, condition)
  })
}

function conditionClauses(field: string, condition: Condition): Clause[] {
  const entries = typeof condition === 'object' ? Object.entries(condition as Record<string, unknown>) : []
  if (entries.length === 0) throw invalid(words.message('filterHolds', {field, condition: inspect(condition)}))
  return entries.map(([operator, operand]) => {
    const operands: unknown = operator === '$in' ? operand : [operand]
    if (!Array.isArray(operands) || !operands.every(isScalar))
      throw invalid(words.message('operandHolds', {operator, field, operand: inspect(operand)}))
    return clauseOf(field, operator, operands)
  })
}

// As in MongoDB, `$gte: null` finds null and missing, and nothing is less than null.
function clauseOf(field: string, operator: string, values: Scalar[]): Clause {
  const [value = null] = values
  if (operator === '$in') return within(field, values)
  if (operator === '$ne') return {field, operator: 'notIn', values}
  if (operator === '$gte') return value === null ? within(field, [null]) : {field, operator: 'gte', value}
  if (operator === '$lt') return value === null ? within(field, []) : {field, operator: 'lt', value}
  throw invalid(words.message('filterUses', {field, operator}), [words.message('useOperators')])
}

function within(field: string, values: readonly Scalar[]): Clause {
  return {field, operator: 'in', values}
}

/** True for what a filter may compare with: text, finite numbers, booleans, null and valid dates. */
function isScalar(value: unknown): value is Scalar {
  if (value === null || typeof value === 'boolean') return true
  if (typeof value === 'string') return value.isWellFormed()
  return Number.isFinite(typeof value === 'number' ? value : types.isDate(value) ? value.getTime() : Number.NaN)
}

/**
 * Refuses field paths that stores understand differently, or not at all.
 * @throws Ep23Error STORE_FILTER_INVALID
 */
export function checkFieldPath(path: string): void {
  if (/^_id(?:\.|$)/u.test(path)) throw invalid(words.message('mongoField', {path}), [words.message('useNaturalKey')])
  for (const field of path.split('.'))
    if (!/^[^$\p{Cc}"\\][^\p{Cc}"\\]*$/u.test(field) || /^\d+$/u.test(field) || !field.isWellFormed())
      throw invalid(words.message('notFieldPath', {path: JSON.stringify(path)}), [words.message('joinWithDots')])
}

/** Refuses wrong sort orders and limits. @throws Ep23Error STORE_FILTER_INVALID */
export function checkFindOptions({sort = {}, limit = 0}: FindOptions): void {
  if (!Number.isSafeInteger(limit) || limit < 0) throw invalid(words.message('notLimit', {limit}))
  for (const [field, direction] of Object.entries(sort)) {
    checkFieldPath(field)
    if (direction !== 1 && direction !== -1)
      throw invalid(words.message('orderOf', {field, direction: String(direction)}))
  }
}

function invalid(problem: Message, suggestions: Message[] = []): Ep23Error {
  return new Ep23Error(words.message('wrongUse', {problem}), {
    code: 'STORE_FILTER_INVALID',
    exit: EXIT.unexpected,
    suggestions,
  })
}
