import {ByteWindow} from './bytes/byte-window.js'
import {openBytes} from './bytes/open-bytes.js'
import {csvLayout} from './csv/csv-layout.js'
import {foreignFormat} from './foreign-format.js'
import {CLOSE_ARRAY, OPEN_ARRAY, OPEN_OBJECT} from './json/json-bytes.js'
import {JsonCursor} from './json/json-cursor.js'
import {FileProblem} from './records/file-problem.js'
import {DATE_FIELDS, ID_FIELDS, TEXT_FIELDS} from './records/post-record.js'
import type {SourceFormatName} from './source-format.js'

/** A format, or the reason why there is none. */
export type Detection = {format: SourceFormatName} | {reason: string}

// Enough for the first record of every format; not more, so that a large file is not read to find out.
const HEAD = 64 * 1024
// Of a chat, or of an account: there the chats may come after more than the head.
const DESKTOP_KEYS = [
  'messages',
  'chats',
  'left_chats',
  'personal_information',
  'contacts',
  'frequent_contacts',
  'sessions',
]

/** Tells a file's format from how its (unpacked) content begins. The file's name has no say. */
export async function detectFormat(path: string): Promise<Detection> {
  const head = await headOf(path)
  const foreign = foreignFormat(head)
  if (foreign !== undefined) return {reason: foreign}
  const cursor = new JsonCursor(await ByteWindow.open(singly(head)))
  const first = await cursor.peek()
  if (first === OPEN_ARRAY) return await formatOfArray(cursor)
  if (first === OPEN_OBJECT) return formatOfRecord(await firstObject(cursor), false)
  return formatOfText(cursor.window.unread().toString('utf8'))
}

async function headOf(path: string): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of openBytes(path)) {
    chunks.push(chunk)
    length += chunk.length
    if (length >= HEAD) break
  }
  return Buffer.concat(chunks, Math.min(length, HEAD))
}

async function* singly(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes
}

async function formatOfArray(cursor: JsonCursor): Promise<Detection> {
  await cursor.take(OPEN_ARRAY)
  const first = await cursor.peek()
  if (first === CLOSE_ARRAY) return {format: 'telethon'}
  if (first !== OPEN_OBJECT) return {reason: 'a JSON array whose elements are not objects'}
  return formatOfRecord(await firstObject(cursor), true)
}

interface FirstObject {
  keys: string[]
  id: unknown
}

async function firstObject(cursor: JsonCursor): Promise<FirstObject> {
  const first: FirstObject = {keys: [], id: undefined}
  try {
    for await (const key of cursor.keys()) {
      first.keys.push(key)
      if (key === 'id') first.id = await cursor.value()
      else await cursor.skip()
    }
  } catch (error) {
    // The head ends within the object, or the file is damaged: then its reader will say where.
    if (!(error instanceof FileProblem)) throw error
  }
  return first
}

function formatOfRecord({keys, id}: FirstObject, isInArray: boolean): Detection {
  const hasOneOf = (names: string[]): boolean => names.some(name => keys.includes(name))
  if (!isInArray && hasOneOf(DESKTOP_KEYS)) return {format: 'telegram-desktop'}
  if (keys.includes('_')) return {format: 'mtproto'}
  if (typeof id === 'string' && id.includes('/') && keys.includes('datetime')) return {format: 'web-preview'}
  if (hasOneOf(TEXT_FIELDS) && (hasOneOf(DATE_FIELDS) || hasOneOf(ID_FIELDS)))
    return {format: isInArray ? 'telethon' : 'jsonl'}
  return {
    reason: `JSON whose first object has the keys ${keys.slice(0, 10).join(', ') || '(none)'}, which are not those of a post`,
  }
}

function formatOfText(text: string): Detection {
  const [header = ''] = text.split(/\r?\n|\r/u, 1)
  if (csvLayout(header)) return {format: 'csv'}
  return {
    reason: text.trim() === '' ? 'an empty file' : 'neither JSON nor CSV with a header line for id, date and text',
  }
}
