import {createReadStream} from 'node:fs'
import {pipeline} from 'node:stream'
import * as zlib from 'node:zlib'

import {badDataError, usageError} from '@ep23/sdk'

/**
 * Lines of a UTF-8 file, `.gz` and `.zst` unpacked, without line feeds. Only a line feed ends a line: U+2028 and the like are
 * data. An empty last line is none.
 * @throws Ep23Error USAGE (64) when the file cannot be read, BENCHMARK_BAD_FILE (65) when it is not UTF-8 or damaged
 */
export async function* readLines(path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', {fatal: true, ignoreBOM: false})
  let rest = ''
  try {
    for await (const chunk of openBytes(path)) {
      const pieces = (rest + decoder.decode(chunk as Buffer, {stream: true})).split('\n')
      rest = pieces.pop() ?? ''
      yield* pieces
    }
    rest += decoder.decode()
  } catch (error) {
    throw readProblem(path, error)
  }
  if (rest !== '') yield rest
}

function openBytes(path: string): AsyncIterable<unknown> {
  const file = createReadStream(path, {highWaterMark: 64 * 1024})
  const unpack = decompressor(path)
  // The loop that reads sees an error of either stream; the callback has nothing to add.
  return unpack ? pipeline(file, unpack, () => undefined) : file
}

function decompressor(path: string): zlib.Gunzip | undefined {
  if (path.endsWith('.gz')) return zlib.createGunzip()
  if (!path.endsWith('.zst')) return undefined
  if ('createZstdDecompress' in zlib) return zlib.createZstdDecompress()
  throw usageError(`${path}: this Node cannot read zstd`, ['use Node 22.15 or newer', 'export with --compress gzip'])
}

function readProblem(path: string, error: unknown): unknown {
  const {code} = error as NodeJS.ErrnoException
  if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR') return usageError(`${path} cannot be read (${code})`)
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
    return badDataError('BENCHMARK_BAD_FILE', `${path} is not UTF-8`, [], error)
  return code?.startsWith('Z_') || code === 'ERR_STREAM_PREMATURE_CLOSE'
    ? badDataError('BENCHMARK_BAD_FILE', `${path} is damaged: ${(error as Error).message}`, [], error)
    : error
}
