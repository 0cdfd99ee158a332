import {join} from 'node:path'

import type {ExportRecord, Message} from '@ep23/sdk'

import {canonicalLine} from '../domain/canonical-json.js'
import type {FilePorts} from '../domain/ports.js'
import {errorMessage} from '@ep23/sdk'
import {message} from '../words/words.js'

/** One line of a file of records, read back. */
export interface ScannedLine {
  file: string
  /** From 1, within the file. */
  line: number
  bytes: Buffer
  /** Absent when the line holds none; then `problem` says why. */
  record?: ExportRecord
  /** The record's canonical line; equal to `bytes` in a canonical export. */
  canonical?: Buffer
  problem?: Message
}

const utf8 = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true})
const REQUIRED = ['sample_id', 'channel', 'timestamp'] as const

/**
 * Reads files of records line by line, in order.
 * @throws the file system's, the decompressor's or the Parquet reader's error, with `file` naming the file
 */
export async function* scanRecords(
  files: Pick<FilePorts, 'readLines'>,
  folder: string,
  names: readonly string[],
): AsyncGenerator<ScannedLine> {
  for (const file of names) {
    let line = 0
    for await (const batch of files.readLines(join(folder, file)))
      for (const bytes of batch) {
        line += 1
        yield {file, line, bytes, ...readRecord(bytes)}
      }
  }
}

function readRecord(bytes: Buffer): Pick<ScannedLine, 'record' | 'canonical' | 'problem'> {
  try {
    const value: unknown = JSON.parse(utf8.decode(bytes))
    const problem = shapeProblem(value)
    if (problem !== undefined) return {problem}
    return {record: value as ExportRecord, canonical: Buffer.from(canonicalLine(value))}
  } catch (error) {
    return {problem: message('notRecordBecause', {problem: errorMessage(error)})}
  }
}

function shapeProblem(value: unknown): Message | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return message('notRecordObject')
  const missing = REQUIRED.filter(field => typeof (value as Record<string, unknown>)[field] !== 'string')
  return missing.length > 0 ? message('notRecordNeeds', {fields: missing.join(', ')}) : undefined
}
