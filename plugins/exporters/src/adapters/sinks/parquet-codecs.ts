import {gunzipSync, gzipSync, zstdCompressSync, zstdDecompressSync} from 'node:zlib'

import type {Compressors as Decompressors} from 'hyparquet'

import type {Compression} from '../../domain/manifest/manifest.js'

/** Parquet compresses its pages, not the file. */
export const PARQUET_CODECS = {none: 'UNCOMPRESSED', gzip: 'GZIP', zstd: 'ZSTD'} as const satisfies Record<
  Compression,
  string
>

export const parquetCompressors = {
  GZIP: (page: Uint8Array) => gzipSync(page),
  ZSTD: (page: Uint8Array) => zstdCompressSync(page),
}

export const parquetDecompressors: Decompressors = {
  GZIP: page => gunzipSync(page),
  ZSTD: page => zstdDecompressSync(page),
}
