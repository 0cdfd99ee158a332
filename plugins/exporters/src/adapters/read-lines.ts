import {isUtf8} from 'node:buffer'
import {createReadStream} from 'node:fs'
import {pipeline} from 'node:stream'
// By its name, because a Node older than 22.15 has no zstd.
import * as zlib from 'node:zlib'

import {badDataError, systemError, usageError} from '@ep23/sdk'

import {compressionOf} from '../domain/file-names.js'
import type {Compression} from '../domain/manifest.js'
import {message as say} from '../words/words.js'

const CHUNK_BYTES = 64 * 1024

/**
 * A file's content, decompressed by its name's ending.
 * @throws the file system's or the decompressor's own error; Ep23Error USAGE (64) where this Node has no zstd
 */
export async function* fileBytes(path: string, compression: Compression = compressionOf(path)): AsyncGenerator<Buffer> {
  const unpack = compression === 'none' ? undefined : decompressor(path, compression)
  const file = createReadStream(path, {highWaterMark: CHUNK_BYTES})
  // The for-await loop reports the failure; the pipeline only takes care that it reaches the loop.
  const bytes = unpack ? pipeline(file, unpack, () => undefined) : file
  yield* bytes as AsyncIterable<Buffer>
}

function decompressor(path: string, compression: 'gzip' | 'zstd'): NodeJS.ReadWriteStream {
  const options = {chunkSize: CHUNK_BYTES}
  if (compression === 'gzip') return zlib.createGunzip(options)
  if ('createZstdDecompress' in zlib) return zlib.createZstdDecompress(options)
  throw usageError(say('cannotReadZstd', {path}), [say('newerNode'), say('exportWithGzip')])
}

const LINE_FEED = 0x0a
/** A document has at most 16 MiB; escapes make a line up to six times as long. */
const MOST_LINE_BYTES = 128 * 1024 * 1024

/**
 * Cuts bytes into lines at U+000A and nowhere else (U+2028 and U+0085 are data), in batches as they arrive. A last line
 * without line feed counts; an empty rest does not.
 * @param keepFeeds leaves the line feeds on, so that the lines are all of the bytes
 * @throws Ep23Error FILE_LINE_TOO_LONG (65)
 */
export async function* linesOf(bytes: AsyncIterable<Buffer>, keepFeeds = false): AsyncGenerator<Buffer[]> {
  let rest: Buffer[] = []
  let restBytes = 0
  for await (const chunk of bytes) {
    const lines: Buffer[] = []
    let start = 0
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
      const piece = chunk.subarray(start, keepFeeds ? end + 1 : end)
      lines.push(rest.length > 0 ? Buffer.concat([...rest, piece]) : piece)
      rest = []
      restBytes = 0
      start = end + 1
    }
    if (start < chunk.length) rest.push(chunk.subarray(start))
    restBytes += chunk.length - start
    if (restBytes > MOST_LINE_BYTES) throw tooLong()
    if (lines.length > 0) yield lines
  }
  if (rest.length > 0) yield [Buffer.concat(rest)]
}

function tooLong(): Error {
  return badDataError('FILE_LINE_TOO_LONG', say('lineTooLong', {mostLineBytes: MOST_LINE_BYTES}))
}

const BYTE_ORDER_MARK = '\uFEFF'

/**
 * The lines of a UTF-8 file without their line feeds and without a byte order mark, unpacked when its name ends in `.gz` or
 * `.zst`; an empty rest after the last line feed is no line. The one reader of text files of this and the plugins above.
 * @throws Ep23Error USAGE (64) or NOT_PERMITTED (77) for what cannot be opened; FILE_NOT_UTF8, FILE_DAMAGED or
 * FILE_LINE_TOO_LONG (65), naming file and line
 */
export async function* readLines(path: string): AsyncGenerator<string> {
  let number = 0
  try {
    for await (const batch of linesOf(fileBytes(path)))
      for (const line of batch) {
        number += 1
        if (!isUtf8(line)) throw badDataError('FILE_NOT_UTF8', say('notUtf8'), [say('convertToUtf8')])
        const text = line.toString('utf8')
        yield number === 1 && text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text
      }
  } catch (error) {
    throw readProblem(path, number, error)
  }
}

function readProblem(path: string, number: number, error: unknown): unknown {
  const {code, message} = error as NodeJS.ErrnoException
  if (code === 'FILE_NOT_UTF8' || code === 'FILE_LINE_TOO_LONG') {
    const line = code === 'FILE_NOT_UTF8' ? number : number + 1
    return badDataError(code, say('atLine', {path, line, problem: message}), [say('checkRightFile')], error)
  }
  if (/^(?:Z_|ZSTD_|ERR_ZSTD|ERR_STREAM_PREMATURE_CLOSE)/u.test(code ?? ''))
    return badDataError('FILE_DAMAGED', say('isDamaged', {path, problem: message}), [say('freshCopy')], error)
  return systemError(error, path) ?? error
}
