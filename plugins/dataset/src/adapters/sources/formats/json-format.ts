import type {SourceChannel, SourcePost} from '../../../domain/posts.js'
import {headAt} from '../file-head.js'
import {completeChat, jsonChats, type RawChat} from './json-chats.js'
import {jsonArrayRecords} from './json-array-records.js'
import {JsonCursor} from './json-cursor.js'
import {jsonDocumentRecords, jsonLineRecords} from './json-line-records.js'
import type {JsonHead, JsonShape} from './json-shape.js'
import {channelIn, channelOf, chatRefusal} from './channel-identity.js'
import {FieldFinder} from './field-names.js'
import {FileProblem, RecordProblem, refusal} from './problems.js'
import {mapRecords, type Skip, type ToPost, type RecordBatch} from './map-records.js'
import {PostRecords} from './post-record.js'
import {asObject, optionalString, type RawRecord} from './record-fields.js'
import {naiveDates, type SourceFormat, type SourceInput} from './source-format.js'
import {message} from '../../../words/words.js'

/** How one tool writes a message in JSON; where the messages stand in the file is another matter (json-shape.ts). */
export interface JsonDialect extends Pick<SourceFormat, 'name' | 'title' | 'example' | 'clock'> {
  /** Tells whether a record, with what stands around it, was written by the tool. */
  wrote: (record: RawRecord, chat: RawRecord) => boolean
  /** The record under the names of field-names.ts, or why there is no post in it. Absent where it has these names already. */
  toRecord?: (record: RawRecord, chat: RawRecord) => RawRecord | Skip
  /** True when all records of a chat are of that chat: no field of theirs says otherwise. */
  isOfChat?: boolean
}

/** A reader of the dialect's messages, in whatever shape of JSON they come. */
export function jsonFormat(dialect: JsonDialect): SourceFormat {
  return {
    ...dialect,
    recognises: ({json}) => json !== undefined && dialect.wrote(json.first ?? {}, json.chat),
    read: input => readJson(dialect, input),
  }
}

async function* readJson(dialect: JsonDialect, input: SourceInput): AsyncGenerator<SourcePost[]> {
  const {window, reading} = input
  const shape = shapeOf(dialect, (await headAt(window)).json)
  const cursor = new JsonCursor(window)
  if (shape === 'lines') yield* postsOf(jsonLineRecords(window, reading), dialect, NO_CHAT, input)
  else if (shape === 'documents') yield* postsOf(jsonDocumentRecords(cursor, reading), dialect, NO_CHAT, input)
  else yield* chatsOf(cursor, shape, dialect, input)
}

// A damaged beginning may hide that a chat is around the messages.
function shapeOf({isOfChat, wrote}: JsonDialect, json: JsonHead | undefined): JsonShape {
  if (json === undefined) return 'lines'
  const isAlone = json.shape === 'lines' || json.shape === 'documents'
  return isAlone && isOfChat === true && !wrote(json.first ?? {}, {}) ? 'chat' : json.shape
}

const NO_CHAT: RawChat = {fields: {}, isWholeFile: true}

async function* chatsOf(
  cursor: JsonCursor,
  shape: JsonShape,
  dialect: JsonDialect,
  input: SourceInput,
): AsyncGenerator<SourcePost[]> {
  let [chats, channels] = [0, 0]
  for await (const chat of jsonChats(cursor, shape)) {
    const mayGoOn = shape !== 'array' && shape !== 'by-channel' && chat.fields['type'] === undefined
    const full = mayGoOn ? ((await completeChat(input.reopen, shape, chats)) ?? chat) : chat
    chats += 1
    if (isLeftOut(full, input)) await cursor.skip()
    else {
      channels += 1
      yield* postsOf(jsonArrayRecords(cursor, input.reading), dialect, full, input)
    }
  }
  if (channels === 0) throw noChannel(input)
}

function postsOf(
  batches: AsyncIterable<RecordBatch>,
  dialect: JsonDialect,
  chat: RawChat,
  {reading, zones}: SourceInput,
): AsyncGenerator<SourcePost[]> {
  const {tally} = reading
  const channel = channelOrEndFile(chat)
  const records = new PostRecords({
    naive: naiveDates(dialect.clock, zones, tally),
    channel,
    isChannelKnown: dialect.isOfChat === true && Object.keys(channel).length > 0,
    onMadeId: () => (tally.madeIds += 1),
  })
  return mapRecords(batches, reading, toPostBy(dialect, chat.fields, records))
}

function toPostBy({toRecord}: JsonDialect, chat: RawRecord, records: PostRecords): ToPost {
  if (toRecord === undefined) return value => records.toPost(value)
  return value => {
    const record = toRecord(asObject(value), chat)
    return typeof record === 'string' ? record : records.toPost(record)
  }
}

// A chat says more of its channel than its messages do; an untitled list of messages says nothing.
function channelOrEndFile({fields, key}: RawChat): SourceChannel {
  try {
    if (key !== undefined) return channelIn(key, 'key')
    const {id, name, title, username, url, link} = fields
    const finder = new FieldFinder()
    finder.look(fields)
    const known = optionalString(name ?? title, name === undefined ? 'title' : 'name')
    return {
      ...channelIn(url ?? link, 'url'),
      ...channelIn({id, title: known, username}, 'chat'),
      ...channelOf(finder),
    }
  } catch (error) {
    throw error instanceof RecordProblem ? new FileProblem(message('chatProblem', {problem: error.reason})) : error
  }
}

function isLeftOut({fields: {type, name}, isWholeFile}: RawChat, {reading: {tally}}: SourceInput): boolean {
  const refused = type === undefined ? undefined : chatRefusal(type)
  if (refused === undefined) return false
  if (isWholeFile) throw refusal(message('onlyChannels', {refused}))
  tally.skippedChats.push({name: typeof name === 'string' ? name : '', type: String(type)})
  return true
}

function noChannel({reading: {tally}}: SourceInput): FileProblem {
  const {length} = tally.skippedChats
  return refusal(length > 0 ? message('onlyOtherChats', {chats: length}) : message('holdsNoChannel'))
}
