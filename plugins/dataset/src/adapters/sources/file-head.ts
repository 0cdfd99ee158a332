import {parse} from 'csv-parse/sync'

import {ByteWindow} from './byte-window.js'
import {openBytes} from './files-at.js'
import {jsonHead, type JsonHead} from './formats/json-shape.js'
import {hasField} from './formats/field-names.js'

/** How a file begins: all that a format is told by. */
export interface FileHead {
  bytes: Buffer
  /** The beginning as text, without a byte order mark. */
  text: string
  /** Of JSON: where the records stand, and the first of them. */
  json?: JsonHead
  /** Of CSV: the columns. */
  csv?: CsvLayout
}

// Enough for the first record of every format; not more, so that a large file is not read to find out.
export const HEAD_BYTES = 64 * 1024

/** Reads how a file begins, unpacked. */
export async function fileHead(path: string): Promise<FileHead> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of openBytes(path)) {
    chunks.push(chunk)
    length += chunk.length
    if (length >= HEAD_BYTES) break
  }
  return await headOf(Buffer.concat(chunks, Math.min(length, HEAD_BYTES)))
}

/** The same of bytes: of as many as there are, or of the first HEAD_BYTES of a file. */
export async function headOf(bytes: Buffer): Promise<FileHead> {
  const text = bytes.toString('utf8').replace(/^\uFEFF/u, '')
  const json = await jsonHead(bytes)
  if (json !== undefined) return {bytes, text, json}
  const csv = csvLayout(text.split(/\r?\n|\r/u, 1)[0] ?? '')
  return {bytes, text, ...(csv && {csv})}
}

/** The same of a window; nothing is consumed. */
export async function headAt(window: ByteWindow): Promise<FileHead> {
  while (window.length < HEAD_BYTES && (await window.more()));
  return await headOf(Buffer.from(window.unread().subarray(0, HEAD_BYTES)))
}

export interface CsvLayout {
  delimiter: string
  /** Names of the columns as field-names.ts has them: lower case, `_` for a blank. */
  columns: string[]
}

const DELIMITERS = [',', ';', '\t', '|']

/** How the rows under this header line are to be read; undefined when it has no columns for date and text. */
function csvLayout(header: string): CsvLayout | undefined {
  return DELIMITERS.map(delimiter => ({delimiter, columns: columnsOf(header, delimiter)})).find(
    ({columns}) =>
      (hasField(columns, 'date') || hasField(columns, 'unixtime')) &&
      (hasField(columns, 'text') || hasField(columns, 'caption')),
  )
}

function columnsOf(header: string, delimiter: string): string[] {
  try {
    const [names = []] = parse(header, {delimiter, to_line: 1})
    return names.map(columnName)
  } catch {
    // Quotes that do not close: no header of ours.
    return []
  }
}

function columnName(name: string): string {
  return name
    .trim()
    .replaceAll(/(?<=[a-zа-я\d])(?=[A-ZА-Я])/gu, '_')
    .toLowerCase()
    .replaceAll(/[\s-]+/gu, '_')
}
