import {JsonCursor} from '../json/json-cursor.js'
import {wholeArray} from '../json/json-records.js'
import {mapRecords} from '../records/map-records.js'
import {PostRecords} from '../records/post-record.js'
import type {SourceFormat} from '../source-format.js'

/**
 * A JSON array of `{message_id, text, date, …}`, as scripts around Telethon write it: `text` is Telethon's Markdown, dates
 * without an offset are UTC because Telegram's API gives no other.
 */
export const telethonArray: SourceFormat = {
  name: 'telethon',
  title: 'a JSON array of posts',
  async *read({window, reading, zone}) {
    const records = new PostRecords(zone ?? 'utc')
    yield* mapRecords(wholeArray(new JsonCursor(window), reading), reading, record => records.toPost(record))
  },
}
