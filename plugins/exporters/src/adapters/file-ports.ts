import {readFile, stat} from 'node:fs/promises'

import type {JsonSchemaDocument} from '@ep23/sdk'

import {formatOf} from '../domain/file-names.js'
import type {FileFacts} from '../domain/manifest.js'
import type {FilePorts} from '../domain/ports.js'
import {createHashedFile} from './byte-targets.js'
import {hashFile, hashing} from './hashing.js'
import {JsonLinesSink} from './parted-file.js'
import {fileBytes, linesOf} from './read-lines.js'

/** Files on disk. Parquet is loaded when it is met. */
export const filePorts: FilePorts = {
  hashing,
  async createSink({format, ...options}) {
    if (format === 'jsonl') return new JsonLinesSink(options)
    const {ParquetSink} = await import('./parquet.js')
    return new ParquetSink(options)
  },
  writeNew,
  readText: path => readFile(path, 'utf8'),
  hashFile,
  async hasContent(path) {
    const found = await stat(path).catch(() => undefined)
    return found?.isFile() === true && found.size > 0
  },
  async *readLines(path) {
    if (formatOf(path) === 'parquet') {
      const {parquetLines} = await import('./parquet.js')
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

const SCHEMAS = new URL('../../schemas/', import.meta.url)

/** One of the schemas that come with this package. */
export async function readSchema(name: string): Promise<JsonSchemaDocument> {
  return JSON.parse(await readFile(new URL(name, SCHEMAS), 'utf8')) as JsonSchemaDocument
}
