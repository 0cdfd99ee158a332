import {createHash} from 'node:crypto'

import canonicalize from 'canonicalize'

/**
 * SHA-256, in hex, of a value's canonical JSON (RFC 8785): equal values give equal hashes, whatever the order of their
 * fields. Dates count as their ISO text; half a surrogate pair, which canonical JSON refuses, as U+FFFD.
 */
export function sha256OfJson(value: unknown): string {
  const wellFormed: unknown = JSON.parse(
    JSON.stringify(value ?? null, (_key, part: unknown) => (typeof part === 'string' ? part.toWellFormed() : part)),
  )
  return createHash('sha256')
    .update(canonicalize(wellFormed) ?? 'null')
    .digest('hex')
}
