import {readFile} from 'node:fs/promises'

import {fileBytes} from '../adapters/reading/file-bytes.js'
import {hashFile} from '../adapters/hash-file.js'
import {createHashedFile} from '../adapters/sinks/hashed-file.js'
import {JsonLinesSink} from '../adapters/sinks/json-lines-sink.js'
import {linesOf} from '../adapters/reading/read-lines.js'
import {hashing} from '../adapters/sha256.js'
import {formatOf} from '../domain/file-names.js'
import type {FileFacts} from '../domain/manifest/manifest.js'
import type {FilePorts} from '../domain/ports.js'

/** Files on disk. Parquet is loaded when it is met. */
export const filePorts: FilePorts = {
  hashing,
  async createSink({format, ...options}) {
    if (format === 'jsonl') return new JsonLinesSink(options)
    const {ParquetSink} = await import('../adapters/sinks/parquet-sink.js')
    return new ParquetSink(options)
  },
  writeNew,
  readText: path => readFile(path, 'utf8'),
  hashFile,
  async *readLines(path) {
    if (formatOf(path) === 'parquet') {
      const {parquetLines} = await import('../adapters/reading/parquet-lines.js')
      yield* parquetLines(path)
    } else yield* linesOf(fileBytes(path))
  },
}

async function writeNew(path: string, text: string): Promise<FileFacts> {
  const file = await createHashedFile(path)
  try {
    await file.write(Buffer.from(text))
    await file.end()
    return file.facts()
  } catch (error) {
    await file.abandon()
    throw error
  }
}
