import type {Attributes} from '@ep23/sdk'
import {clip, isSecret, type Redactor} from './redact.js'
import {REDACTED} from './secret-shapes.js'

const MOST = 64
const LONGEST = 1024

/** What may be stored of a span's attributes: plain values, bounded, without secrets. */
export function storableAttributes(attributes: Readonly<Record<string, unknown>>, redactor: Redactor): Attributes {
  const entries = Object.entries(attributes).filter(([, value]) => value !== undefined && value !== null)
  return Object.fromEntries(
    entries
      .slice(0, MOST)
      .map(([name, value]) => [storableName(name), isSecret(name, value) ? REDACTED : storable(value, redactor)]),
  )
}

function storable(value: unknown, redactor: Redactor): Attributes[string] {
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return value
  return clip(redactor.text(String(value)), LONGEST)
}

/** A field name that every store takes: dots would mean a path there, a leading `$` an operator, `_id` is MongoDB's. */
function storableName(name: string): string {
  const plain = name.toWellFormed().replaceAll(/[.\0]/gu, '_').replace(/^\$/u, '_')
  return plain === '_id' ? 'id' : plain
}

/** The same value with storable names at every level; dates stay dates. */
export function withStorableNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withStorableNames)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [storableName(name), withStorableNames(item)]))
}
