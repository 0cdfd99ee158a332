import {createReadStream} from 'node:fs'
import {pipeline} from 'node:stream'
import {createGunzip, createZstdDecompress} from 'node:zlib'

import {compressionOf} from '../../domain/file-names.js'
import type {Compression} from '../../domain/manifest/manifest.js'

const CHUNK_BYTES = 64 * 1024

/**
 * A file's content, decompressed by its name's ending.
 * @throws the file system's or the decompressor's own error
 */
export async function* fileBytes(path: string, compression: Compression = compressionOf(path)): AsyncGenerator<Buffer> {
  const file = createReadStream(path, {highWaterMark: CHUNK_BYTES})
  // The for-await loop reports the failure; the pipeline only takes care that it reaches the loop.
  const bytes = compression === 'none' ? file : pipeline(file, decompressor(compression), () => undefined)
  yield* bytes as AsyncIterable<Buffer>
}

function decompressor(compression: 'gzip' | 'zstd'): NodeJS.ReadWriteStream {
  const options = {chunkSize: CHUNK_BYTES}
  return compression === 'gzip' ? createGunzip(options) : createZstdDecompress(options)
}
