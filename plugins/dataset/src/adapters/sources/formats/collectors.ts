import {isObject} from '@ep23/sdk'
import {FIELD_NAMES, hasField} from './field-names.js'
import {optionalString, type RawRecord} from './record-fields.js'
import {RecordProblem} from './problems.js'
import type {JsonDialect} from './json-format.js'
import {message as say} from '../../../words/words.js'

/** `tdl chat export`: the chat's id, and messages with seconds for dates. Texts are there with `--with-content`. */
export const tdl: JsonDialect = {
  name: 'tdl',
  title: say('formatTdl'),
  example:
    '{"id": 1234567890, "messages": [{"id": 1, "type": "message", "file": "", "date": 1730451600, "text": "…"}]}',
  clock: 'utc',
  isOfChat: true,
  wrote: record => record['type'] === 'message' && 'file' in record && !('date_unixtime' in record),
  // Without --with-content there is neither text nor date.
  toRecord: record => (record['date'] === undefined && record['text'] === undefined ? 'withoutText' : record),
}

/** snscrape's `telegram-channel --jsonl`: the post's number stands in its address. */
export const snscrape: JsonDialect = {
  name: 'snscrape',
  title: say('formatSnscrape'),
  example:
    '{"_type": "snscrape.modules.telegram.TelegramPost", "url": "https://t.me/s/museum/1", "date": "2024-11-01T09:00:00+00:00", "content": "…"}',
  clock: 'utc',
  wrote: record => String(record['_type']).startsWith('snscrape'),
}

/** 4CAT's CSV, and its NDJSON of Telethon's messages. */
export const fourCat: JsonDialect = {
  name: '4cat',
  title: say('format4cat'),
  example: 'id,thread_id,chat,author,body,timestamp,unix_timestamp',
  clock: 'utc',
  wrote: record => ('thread_id' in record && 'body' in record) || ('_chat' in record && 'message' in record),
  toRecord(record) {
    const {id, thread_id: thread, message, entities} = record
    if (thread === undefined) return {...record, text: {text: message ?? '', entities}, message: undefined}
    return {
      ...record,
      id: withoutPrefix(shownId(id), `${shownId(thread)}-`),
      channel_username: record['chat'],
      chat: undefined,
    }
  },
}

function shownId(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

function withoutPrefix(text: string, prefix: string): string {
  return text.startsWith(prefix) ? text.slice(prefix.length) : text
}

const PREVIEW_ID = /^(?<username>\w{4,32})\/(?<number>[1-9]\d{0,14})$/u

/**
 * Records read from the web preview: `id` is `channel/number`, `text` is plain. `content` (HTML) and `title` (the opening of
 * the text, or what stands for a poll) are not used.
 */
export const webPreview: JsonDialect = {
  name: 'web-preview',
  title: say('formatWebRecords'),
  example: '{"id": "museum/1", "channelTitle": "Музей", "datetime": "2024-11-01T09:00:00+00:00", "text": "…"}',
  clock: 'utc',
  wrote: ({id, datetime}) => typeof id === 'string' && id.includes('/') && datetime !== undefined,
  toRecord({id, datetime, text, channelTitle, tgLink}) {
    const {username, number} = (typeof id === 'string' && PREVIEW_ID.exec(id)?.groups) || {}
    if (number === undefined) throw new RecordProblem(say('idNotOfForm'))
    return {
      ...{id: number, username, datetime, url: tgLink},
      ...{text: optionalString(text, 'text'), channel_title: optionalString(channelTitle, 'channelTitle')},
    }
  },
}

/** JSON of posts by anybody's program, Telethon's scripts first of all, under any of the names of field-names.ts. */
export const jsonPosts: JsonDialect = {
  name: 'json',
  title: say('formatPosts'),
  example: '{"message_id": 1, "channel": "@museum", "date": "2024-11-01T09:00:00+00:00", "text": "…"}',
  clock: 'utc',
  wrote: isPost,
}

function isPost(record: RawRecord): boolean {
  const keys = Object.keys(record)
  const isDated = hasField(keys, 'date') || hasField(keys, 'unixtime')
  const isTexted = hasField(keys, 'text') || hasField(keys, 'caption')
  const isNumbered = FIELD_NAMES.id.some(name => !isObject(record[name]) && keys.includes(name))
  return (isDated && isTexted) || (isNumbered && isTexted)
}
