import {ByteWindow} from '../byte-window.js'
import {FileProblem} from './problems.js'
import {hasField} from './field-names.js'
import type {RawRecord} from './record-fields.js'
import {CLOSE_ARRAY, OPEN_ARRAY, OPEN_OBJECT} from './json-scanner.js'
import {JsonCursor} from './json-cursor.js'
import {message} from '../../../words/words.js'
import type {Message} from '@ep23/sdk'

/**
 * How the records stand in a JSON file: an array of them; an object with them in a list (`messages`, `posts`); an array of such
 * objects; an account with lists of such objects; an object of lists, by channel; one a line; one after another.
 */
export type JsonShape = 'array' | 'chat' | 'chats' | 'account' | 'by-channel' | 'lines' | 'documents'

export interface JsonHead {
  shape: JsonShape
  /** The first record as far as it was looked at; undefined when there is none. */
  first?: RawRecord
  /** What stands around the first record. */
  chat: RawRecord
  /** Why there can be no records in it. */
  reason?: Message
}

/** The lists in which an object holds its records. */
export const RECORD_LISTS = new Set(['messages', 'posts', 'items', 'data', 'results', 'result', 'records', 'documents'])
/** The lists in which an account holds its chats. */
export const CHAT_LISTS = new Set(['chats', 'left_chats', 'channels'])
const ACCOUNT_KEYS = new Set(['personal_information', 'contacts', 'frequent_contacts', 'sessions'])

interface ObjectHead {
  fields: RawRecord
  /** The key of the list in which the object holds its records or chats, and the first of them. */
  list?: string
  first?: ObjectHead
}

/** Tells the shape from the beginning of a JSON file; undefined when it is no JSON. */
export async function jsonHead(bytes: Buffer): Promise<JsonHead | undefined> {
  const cursor = new JsonCursor(await ByteWindow.open(singly(bytes)))
  const first = await cursor.peek()
  if (first === OPEN_ARRAY) return await headOfArray(cursor)
  if (first !== OPEN_OBJECT) return undefined
  const isOneLine = /^\s*\{[^\n]*[^\n\s{][^\n]*(?:\n|$)/u.test(cursor.window.unread().toString('latin1', 0, 4096))
  return headOfObject(await objectHead(cursor), isOneLine)
}

async function headOfArray(cursor: JsonCursor): Promise<JsonHead> {
  await cursor.take(OPEN_ARRAY)
  const first = await cursor.peek()
  if (first === CLOSE_ARRAY) return {shape: 'array', chat: {}}
  if (first !== OPEN_OBJECT) return {shape: 'array', chat: {}, reason: message('arrayOfNoObjects')}
  const head = await objectHead(cursor)
  return head.list === undefined ? {shape: 'array', chat: {}, first: head.fields} : within('chats', head)
}

function headOfObject(head: ObjectHead, isOneLine: boolean): JsonHead {
  const {fields, list, first} = head
  const isAccount = Object.keys(fields).some(key => ACCOUNT_KEYS.has(key))
  if (first?.list !== undefined) return within('account', first)
  if (isAccount || (list !== undefined && CHAT_LISTS.has(list)))
    return {shape: 'account', chat: {...fields, ...first?.fields}}
  if (list !== undefined) return within(RECORD_LISTS.has(list) ? 'chat' : 'by-channel', head)
  if ('messages' in fields && !isRecord(fields)) return {shape: 'chat', chat: fields}
  return {shape: isOneLine ? 'lines' : 'documents', chat: {}, first: fields}
}

function within(shape: JsonShape, {fields, first}: ObjectHead): JsonHead {
  return {shape, chat: fields, ...(first && {first: first.fields})}
}

// A post may itself have a list (of links, of reactions) under one of the names of lists.
function isRecord(fields: RawRecord): boolean {
  const keys = Object.keys(fields)
  return (hasField(keys, 'date') || hasField(keys, 'unixtime')) && (hasField(keys, 'text') || hasField(keys, 'id'))
}

// An account holds lists of chats, which hold lists of messages: no list lies deeper.
const DEEPEST_LIST = 2

async function objectHead(cursor: JsonCursor, depth = 0): Promise<ObjectHead> {
  const head: ObjectHead = {fields: {}}
  try {
    for await (const key of cursor.keys()) {
      const first = depth > DEEPEST_LIST ? undefined : await firstWithin(cursor, key, head, depth + 1)
      if (first !== undefined) return {...head, list: key, ...(first !== 'none' && {first})}
      // A key is known even where its value is cut off by the end of the head.
      head.fields[key] = undefined
      head.fields[key] = await cursor.value()
    }
  } catch (error) {
    // The head ends within the object, or the file is damaged: then its reader will say where.
    if (!(error instanceof FileProblem)) throw error
  }
  return head
}

// The first of the records or chats in the list at the cursor; undefined when there is no such list.
async function firstWithin(
  cursor: JsonCursor,
  key: string,
  {fields}: ObjectHead,
  depth: number,
): Promise<ObjectHead | 'none' | undefined> {
  const next = await cursor.peek()
  const isNamed = RECORD_LISTS.has(key) || CHAT_LISTS.has(key)
  const mayBeChannel = Object.keys(fields).length === 0
  if (next === OPEN_ARRAY && (isNamed || mayBeChannel) && !isRecord(fields)) {
    const first = await firstElement(await ahead(cursor), depth)
    return isNamed || (first !== undefined && isRecord(first.fields)) ? (first ?? 'none') : undefined
  }
  return next === OPEN_OBJECT && CHAT_LISTS.has(key) ? await firstListed(await ahead(cursor), depth) : undefined
}

async function firstElement(cursor: JsonCursor, depth: number): Promise<ObjectHead | undefined> {
  await cursor.take(OPEN_ARRAY)
  return (await cursor.peek()) === OPEN_OBJECT ? await objectHead(cursor, depth) : undefined
}

// Telegram Desktop's account: `{about, list: […]}`.
async function firstListed(cursor: JsonCursor, depth: number): Promise<ObjectHead | 'none'> {
  for await (const key of cursor.keys()) {
    if (key === 'list') return (await firstElement(cursor, depth)) ?? 'none'
    await cursor.skip()
  }
  return 'none'
}

/** A cursor of its own on what is left: looking ahead consumes nothing. */
async function ahead({window}: JsonCursor): Promise<JsonCursor> {
  return new JsonCursor(await ByteWindow.open(singly(window.unread())))
}

async function* singly(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes
}
