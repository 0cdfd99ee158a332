import type {Attributes} from '@ep23/sdk'

import {clip, type Redactor} from './redact.js'
import {isSecretName, REDACTED} from './secret-shapes.js'
import {storableName} from './storable-names.js'

const MOST = 64
const LONGEST = 1024

/** What may be stored of a span's attributes: plain values, bounded, without secrets. */
export function storableAttributes(attributes: Readonly<Record<string, unknown>>, redactor: Redactor): Attributes {
  const entries = Object.entries(attributes).filter(([, value]) => value !== undefined && value !== null)
  return Object.fromEntries(
    entries
      .slice(0, MOST)
      .map(([name, value]) => [storableName(name), isSecretName(name) ? REDACTED : storable(value, redactor)]),
  )
}

function storable(value: unknown, redactor: Redactor): Attributes[string] {
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return value
  return clip(redactor.text(String(value)), LONGEST)
}
