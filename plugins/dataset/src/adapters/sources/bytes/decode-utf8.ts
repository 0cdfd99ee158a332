import {isUtf8} from 'node:buffer'

/**
 * The text of these bytes, or undefined when they are not UTF-8. A BOM is kept. Check and decoding apart are faster than
 * a fatal TextDecoder, which does the same.
 */
export function decodeUtf8(bytes: Buffer): string | undefined {
  return isUtf8(bytes) ? bytes.toString('utf8') : undefined
}
