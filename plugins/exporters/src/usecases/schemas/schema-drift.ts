import {isDeepStrictEqual} from 'node:util'

import type {JsonSchemaDocument} from '@ep23/sdk'

/** One place where a schema is not what was committed. */
export interface SchemaChange {
  /** JSON Pointer into the schema. */
  pointer: string
  message: string
}

/** Compares two schemas path by path: every path that was added, removed or changed, in the committed one's order. */
export function schemaDrift(committed: JsonSchemaDocument, current: JsonSchemaDocument): SchemaChange[] {
  return changes(committed, current, '')
}

function changes(before: unknown, now: unknown, pointer: string): SchemaChange[] {
  if (isDeepStrictEqual(before, now)) return []
  if (before === undefined) return [{pointer, message: `is new: ${shown(now)}`}]
  if (now === undefined) return [{pointer, message: `is gone: it was ${shown(before)}`}]
  if (!isObject(before) || !isObject(now))
    return [{pointer, message: `is ${shown(now)}, committed is ${shown(before)}`}]
  const fields = [...new Set([...Object.keys(before), ...Object.keys(now)])]
  return fields.flatMap(field => changes(before[field], now[field], `${pointer}/${escapePointer(field)}`))
}

// Lists (`required`, `enum`) are compared whole: their order has no meaning that a path could show.
function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function shown(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length > 100 ? `${text.slice(0, 100)}…` : text
}

function escapePointer(field: string): string {
  return field.replaceAll('~', '~0').replaceAll('/', '~1')
}
