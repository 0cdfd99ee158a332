import {jsonLineRecords} from '../json/json-line-records.js'
import {mapRecords} from '../records/map-records.js'
import {PostRecords} from '../records/post-record.js'
import type {SourceFormat} from '../source-format.js'

/** JSON Lines of posts; the fields may have any of the names in post-record.ts. */
export const postLines: SourceFormat = {
  name: 'jsonl',
  title: 'JSON Lines of posts',
  async *read({window, reading, zone}) {
    const records = new PostRecords(zone)
    yield* mapRecords(jsonLineRecords(window, reading), reading, record => records.toPost(record))
  },
}
