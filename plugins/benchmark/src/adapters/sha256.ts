import {createHash} from 'node:crypto'

/** SHA-256 of all parts one after the other, texts as UTF-8. */
export function sha256(...parts: readonly (Uint8Array | string)[]): Uint8Array {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** SHA-256 of UTF-8 text as lower-case hex. */
export function hashText(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
