import type {JsonCursor} from '../json/json-cursor.js'
import type {DesktopChat} from './desktop-chat.js'

const LISTS = new Set(['chats', 'left_chats'])

/**
 * Stops at the `messages` of each chat of an export: of the one chat that is the file, or of the chats in an account's
 * lists. Who takes the chat must read or skip its messages before going on. What follows the messages in a chat's object is
 * added to the chat then.
 */
export async function* desktopChats(cursor: JsonCursor): AsyncGenerator<DesktopChat> {
  yield* chatAt(cursor, true)
  await cursor.end()
}

async function* chatAt(cursor: JsonCursor, isWholeFile: boolean): AsyncGenerator<DesktopChat> {
  const chat: DesktopChat = {isWholeFile}
  for await (const key of cursor.keys()) {
    if (key === 'name' || key === 'type' || key === 'id') chat[key] = await cursor.value()
    else if (key === 'messages') yield chat
    else if (isWholeFile && LISTS.has(key)) yield* chatsIn(cursor)
    else await cursor.skip()
  }
}

async function* chatsIn(cursor: JsonCursor): AsyncGenerator<DesktopChat> {
  for await (const key of cursor.keys()) {
    if (key !== 'list') await cursor.skip()
    else for await (const item of cursor.items()) yield* chatAt(item, false)
  }
}
