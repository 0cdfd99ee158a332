import {createReadStream} from 'node:fs'
import {createGunzip} from 'node:zlib'

import {badDataError, hasCode} from '@ep23/sdk'

/**
 * The values of a JSON Lines file (gzipped when its name ends in .gz), one at a time. Lines end at U+000A alone: U+2028 and
 * U+0085 are data.
 * @throws Ep23Error BENCHMARK_BAD_LINE or BENCHMARK_FILE_MISSING (65), naming file and line
 */
export async function* readJsonLines(path: string): AsyncGenerator {
  let number = 0
  for await (const line of readLines(path)) {
    number += 1
    if (line.trim() === '') continue
    yield parseLine(line, path, number)
  }
}

/** The lines of a UTF-8 text file without their line feeds; an empty rest after the last one is no line. */
export async function* readLines(path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', {fatal: true})
  let rest = ''
  try {
    for await (const chunk of openBytes(path)) {
      const lines = (rest + decoder.decode(chunk as Uint8Array, {stream: true})).split('\n')
      rest = lines.pop() ?? ''
      yield* lines
    }
    rest += decoder.decode()
  } catch (error) {
    throw explainReadError(path, error)
  }
  if (rest !== '') yield rest
}

function openBytes(path: string): AsyncIterable<unknown> {
  const bytes = createReadStream(path)
  if (!path.endsWith('.gz')) return bytes
  const plain = createGunzip()
  bytes.on('error', error => plain.destroy(error))
  return bytes.pipe(plain)
}

function parseLine(line: string, path: string, number: number): unknown {
  try {
    return JSON.parse(line) as unknown
  } catch (error) {
    throw badDataError(
      'BENCHMARK_BAD_LINE',
      `${path}, line ${number} is not JSON: ${(error as Error).message}`,
      ['the file was cut short or changed by hand: take it from where it was written'],
      error,
    )
  }
}

export function explainReadError(path: string, error: unknown): unknown {
  if (hasCode(error, 'ENOENT'))
    return badDataError('BENCHMARK_FILE_MISSING', `${path} does not exist`, [
      'check the path, or take the file from where it was written',
    ])
  if (hasCode(error, 'EISDIR'))
    return badDataError('BENCHMARK_FILE_MISSING', `${path} is a folder; a file is needed`, ['name a file in it'])
  if (hasCode(error, 'ERR_ENCODING_INVALID_ENCODED_DATA'))
    return badDataError('BENCHMARK_BAD_ENCODING', `${path} is not UTF-8`, ['convert it to UTF-8 first'])
  if (hasCode(error, 'Z_DATA_ERROR') || hasCode(error, 'Z_BUF_ERROR'))
    return badDataError('BENCHMARK_BAD_GZIP', `${path} is not sound gzip: ${(error as Error).message}`)
  return error
}
