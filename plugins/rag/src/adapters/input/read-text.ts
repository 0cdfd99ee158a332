import {gunzipSync} from 'node:zlib'

import {badDataError, readFileBytes} from '@ep23/sdk'

/** What one text of JavaScript can hold. */
const MOST_BYTES = 512 * 1024 * 1024

/**
 * The text of an input file; `.gz` is unpacked.
 * @param what the file should hold, for messages.
 * @throws Ep23Error USAGE (64) when it is not there, NOT_PERMITTED (77), RAG_INPUT_UNREADABLE (65) when it cannot be read or is not UTF-8.
 */
export async function readText(path: string, what: string): Promise<string> {
  const bytes = await readFileBytes(path, MOST_BYTES)
  try {
    return new TextDecoder('utf-8', {fatal: true}).decode(
      path.endsWith('.gz') ? gunzipSync(bytes, {maxOutputLength: MOST_BYTES}) : bytes,
    )
  } catch (error) {
    throw badDataError(
      'RAG_INPUT_UNREADABLE',
      `${path} should hold ${what}, and cannot be read: ${(error as Error).message}`,
      ['check that this is the right file'],
      error,
    )
  }
}
