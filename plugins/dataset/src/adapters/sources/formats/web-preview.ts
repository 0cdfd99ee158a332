import type {SourceChannel, SourcePost} from '../../../domain/source-post.js'
import {jsonRecords} from '../json/json-records.js'
import {mapRecords, type Skip} from '../records/map-records.js'
import {postDate} from '../records/post-date.js'
import {asObject, optionalString, optionalUrl} from '../records/record-fields.js'
import {RecordProblem} from '../records/record-problem.js'
import type {SourceFormat} from '../source-format.js'

const ID = /^(?<username>\w{4,32})\/(?<number>[1-9]\d{0,14})$/u

/**
 * Posts read from the web preview (t.me/s/channel), an array or one a line: `id` is `channel/number`, `text` is plain.
 * `content` (HTML) and `title` (the opening of the text, or what stands for a poll) are not used.
 */
export const webPreview: SourceFormat = {
  name: 'web-preview',
  title: 'posts from the web preview',
  async *read({window, reading}) {
    const channels = new Map<string, SourceChannel>()
    yield* mapRecords(jsonRecords(window, reading), reading, record => toPost(record, channels))
  },
}

function toPost(value: unknown, channels: Map<string, SourceChannel>): SourcePost | Skip {
  const record = asObject(value)
  const {username, number} = idOf(record['id'])
  const published_at = postDate(record['datetime'], 'datetime', 'utc')
  const text = optionalString(record['text'], 'text')
  if (text === undefined || text.trim() === '') return 'withoutText'
  const channel = channelOf(username, optionalString(record['channelTitle'], 'channelTitle'), channels)
  const url = optionalUrl(record['tgLink'], 'tgLink') ?? `https://t.me/${username}/${number}`
  return {channel, post_id: number, published_at, text, url}
}

function idOf(id: unknown): {username: string; number: string} {
  const {username, number} = (typeof id === 'string' && ID.exec(id)?.groups) || {}
  if (username === undefined || number === undefined) throw new RecordProblem('"id" is not of the form channel/number')
  return {username, number}
}

function channelOf(username: string, title: string | undefined, channels: Map<string, SourceChannel>): SourceChannel {
  let channel = channels.get(username)
  if (channel === undefined) {
    channel = title === undefined ? {username} : {username, title}
    channels.set(username, channel)
  }
  return channel
}
