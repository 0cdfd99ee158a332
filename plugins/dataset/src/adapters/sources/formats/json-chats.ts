import {ByteWindow} from '../byte-window.js'
import type {RawRecord} from './record-fields.js'
import {OPEN_ARRAY, OPEN_OBJECT} from './json-scanner.js'
import {JsonCursor} from './json-cursor.js'
import {CHAT_LISTS, RECORD_LISTS, type JsonShape} from './json-shape.js'

/** A chat of a JSON file, with what stands around its records. */
export interface RawChat {
  /** Its fields before the records, and once these are consumed also those after them. */
  fields: RawRecord
  /** True when the chat is the whole file, false where a file lists several. */
  isWholeFile: boolean
  /** Under which the records stand, where a file lists them by channel. */
  key?: string
}

// What is read of a chat; the rest is stepped over, whatever its size.
const FIELDS =
  /^(?:id|name|title|type|username|url|link|source|chat|channel|(?:chat|channel)_?(?:id|name|title|username|info|url|link)|peer_id)$/iu

/**
 * Stops at the records of each chat. Whoever takes the chat must read or skip them before going on.
 * @throws FileProblem where the document breaks the grammar, or something follows its end.
 */
export async function* jsonChats(cursor: JsonCursor, shape: JsonShape): AsyncGenerator<RawChat> {
  if (shape === 'array') yield {fields: {}, isWholeFile: true}
  else if (shape === 'chats') yield* chatsIn(cursor)
  else if (shape === 'by-channel') yield* listsByChannel(cursor)
  else yield* chatsAlone(cursor)
  await cursor.end()
}

// One, which is the whole file, or one a line.
async function* chatsAlone(cursor: JsonCursor): AsyncGenerator<RawChat> {
  do yield* chatAt(cursor, true)
  while ((await cursor.peek()) === OPEN_OBJECT)
}

async function* chatAt(cursor: JsonCursor, isWholeFile: boolean): AsyncGenerator<RawChat> {
  const chat: RawChat = {fields: {}, isWholeFile}
  for await (const key of cursor.keys()) {
    const isList = (await cursor.peek()) === OPEN_ARRAY
    if (key === 'messages' || (isList && RECORD_LISTS.has(key))) yield chat
    else if (isWholeFile && CHAT_LISTS.has(key)) yield* isList ? chatsIn(cursor) : chatsListed(cursor)
    else if (FIELDS.test(key)) chat.fields[key] = await cursor.value()
    else await cursor.skip()
  }
}

async function* chatsListed(cursor: JsonCursor): AsyncGenerator<RawChat> {
  for await (const key of cursor.keys()) {
    if (key === 'list') yield* chatsIn(cursor)
    else await cursor.skip()
  }
}

async function* chatsIn(cursor: JsonCursor): AsyncGenerator<RawChat> {
  for await (const item of cursor.items()) yield* chatAt(item, false)
}

async function* listsByChannel(cursor: JsonCursor): AsyncGenerator<RawChat> {
  for await (const key of cursor.keys()) {
    if ((await cursor.peek()) === OPEN_ARRAY) yield {fields: {}, isWholeFile: false, key}
    else await cursor.skip()
  }
}

/**
 * The chat with this number with all its fields, also those after its records: a tool that sorts keys puts `type` and
 * `username` there. Reads the file a second time.
 */
export async function completeChat(
  reopen: () => AsyncIterable<Uint8Array>,
  shape: JsonShape,
  index: number,
): Promise<RawChat | undefined> {
  const window = await ByteWindow.open(reopen())
  try {
    const cursor = new JsonCursor(window)
    const chats: RawChat[] = []
    for await (const chat of jsonChats(cursor, shape)) {
      chats.push(chat)
      await cursor.skip()
    }
    return chats[index]
  } finally {
    await window.close()
  }
}
