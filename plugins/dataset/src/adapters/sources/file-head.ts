import {ByteWindow} from './bytes/byte-window.js'
import {openBytes} from './bytes/open-bytes.js'
import {csvLayout, type CsvLayout} from './csv/csv-layout.js'
import {jsonHead, type JsonHead} from './json/json-shape.js'

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
