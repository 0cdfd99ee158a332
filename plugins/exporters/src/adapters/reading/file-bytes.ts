import {createReadStream} from 'node:fs'
import {pipeline} from 'node:stream'
// By its name, because a Node older than 22.15 has no zstd.
import * as zlib from 'node:zlib'

import {usageError} from '@ep23/sdk'

import {compressionOf} from '../../domain/file-names.js'
import type {Compression} from '../../domain/manifest/manifest.js'

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
  throw usageError(`${path}: this Node cannot read zstd`, ['use Node 22.15 or newer', 'export with --compress gzip'])
}
