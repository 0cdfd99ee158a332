import {createHash, hash} from 'node:crypto'

/** SHA-256 of all parts one after the other, texts as UTF-8. */
export function sha256(...parts: readonly (Uint8Array | string)[]): Uint8Array {
  const [only] = parts
  if (only !== undefined && parts.length === 1) return hash('sha256', only, 'buffer')
  const all = createHash('sha256')
  for (const part of parts) all.update(part)
  return all.digest()
}

/** SHA-256 of UTF-8 text as lower-case hex. */
export function hashText(text: string): string {
  return hash('sha256', text)
}
