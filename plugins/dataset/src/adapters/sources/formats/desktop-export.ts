import type {SourceChannel, SourcePost} from '../../../domain/source-post.js'
import {ByteWindow} from '../bytes/byte-window.js'
import {jsonArrayRecords} from '../json/json-array-records.js'
import {JsonCursor} from '../json/json-cursor.js'
import {FileProblem} from '../records/file-problem.js'
import type {FileReading} from '../records/file-reading.js'
import {mapRecords} from '../records/map-records.js'
import {RecordProblem} from '../records/record-problem.js'
import {refusal} from '../records/refusal.js'
import type {SourceFormat, SourceInput} from '../source-format.js'
import {channelOf, isChannel, refusalOf, type DesktopChat} from './desktop-chat.js'
import {desktopChats} from './desktop-chats.js'
import {parseDesktopJson} from './desktop-json.js'
import {desktopMessage} from './desktop-message.js'

/** `result.json` of Telegram Desktop: one chat, or a whole account, of which only the channels are read. */
export const desktopExport: SourceFormat = {
  name: 'telegram-desktop',
  title: 'a Telegram Desktop export',
  async *read(input) {
    const cursor = new JsonCursor(input.window, parseDesktopJson)
    let chats = 0
    let channels = 0
    for await (const chat of desktopChats(cursor)) {
      const full = chat.type === undefined ? await readAhead(input, chats) : chat
      chats += 1
      if (isChannel(full)) {
        channels += 1
        yield* postsOf(cursor, channelOrEndFile(full), input)
      } else {
        leaveOut(full, input.reading)
        await cursor.skip()
      }
    }
    if (channels === 0) throw noChannel(input.reading)
  },
}

function postsOf(
  cursor: JsonCursor,
  channel: SourceChannel,
  {reading, zone}: SourceInput,
): AsyncGenerator<SourcePost[]> {
  const records = jsonArrayRecords(cursor, reading, parseDesktopJson)
  return mapRecords(records, reading, record => desktopMessage(record, channel, zone))
}

function channelOrEndFile(chat: DesktopChat): SourceChannel {
  try {
    return channelOf(chat)
  } catch (error) {
    throw error instanceof RecordProblem ? new FileProblem(`the chat's ${error.message}`) : error
  }
}

function leaveOut(chat: DesktopChat, {tally}: FileReading): void {
  const name = typeof chat.name === 'string' ? chat.name : ''
  if (chat.isWholeFile) throw refusal(`this is ${refusalOf(chat)}, only channels are read`)
  tally.skippedChats.push({name, type: typeof chat.type === 'string' ? chat.type : 'unknown'})
}

// Telegram Desktop writes the type before the messages; a tool that sorted the keys did not. Then the file is read twice.
async function readAhead({reopen}: SourceInput, index: number): Promise<DesktopChat> {
  const window = await ByteWindow.open(reopen())
  try {
    const cursor = new JsonCursor(window, parseDesktopJson)
    const chats: DesktopChat[] = []
    for await (const chat of desktopChats(cursor)) {
      chats.push(chat)
      await cursor.skip()
    }
    return chats[index] ?? {isWholeFile: true}
  } finally {
    await window.close()
  }
}

function noChannel({tally}: FileReading): FileProblem {
  const {length} = tally.skippedChats
  return refusal(`it holds no channel${length > 0 ? `, only ${length} chats that are none` : ''}`)
}
