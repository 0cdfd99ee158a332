import type {SourceChannel, SourcePost} from '../../../domain/source-post.js'
import {jsonRecords} from '../json/json-records.js'
import type {FileProblem} from '../records/file-problem.js'
import {mapRecords, type Skip} from '../records/map-records.js'
import {postDate, type NaiveDates} from '../records/post-date.js'
import {asObject, messageId, optionalString, shown, type RawRecord} from '../records/record-fields.js'
import {RecordProblem} from '../records/record-problem.js'
import {refusal} from '../records/refusal.js'
import type {SourceFormat} from '../source-format.js'
import {mtprotoMarkdown} from './mtproto-markdown.js'

/** Messages as Telethon's `to_dict()` gives them, an array or one a line (https://core.telegram.org/constructor/message). */
export const mtprotoDump: SourceFormat = {
  name: 'mtproto',
  title: 'a raw MTProto dump',
  async *read({window, reading, zone}) {
    const channels = new Map<unknown, SourceChannel>()
    yield* mapRecords(jsonRecords(window, reading), reading, record => toPost(record, channels, zone ?? 'utc'))
  },
}

function toPost(value: unknown, channels: Map<unknown, SourceChannel>, naive: NaiveDates): SourcePost | Skip {
  const record = asObject(value)
  const kind = record['_']
  if (kind === 'MessageService' || kind === 'MessageEmpty') return 'service'
  if (kind !== 'Message') throw new RecordProblem(`"_" is ${shown(kind)}, not "Message"`)
  const channel = channelOf(record, channels)
  const post_id = messageId(record['id'], 'id')
  const published_at = postDate(record['date'], 'date', naive)
  const text = optionalString(record['message'], 'message')
  if (text === undefined || text.trim() === '') return 'withoutText'
  const post: SourcePost = {channel, post_id, published_at, text: mtprotoMarkdown(text, record['entities'])}
  const forwarded_from = forwardedFrom(record['fwd_from'])
  return forwarded_from === undefined ? post : {...post, forwarded_from}
}

function channelOf(record: RawRecord, channels: Map<unknown, SourceChannel>): SourceChannel {
  const peer = asObject(record['peer_id'] ?? record['to_id'], '"peer_id"')
  if (peer['_'] !== 'PeerChannel' || record['post'] === false) throw notOfChannel(peer, record)
  const known = channels.get(peer['channel_id'])
  if (known) return known
  const channel = {id: messageId(peer['channel_id'], 'peer_id.channel_id')}
  channels.set(peer['channel_id'], channel)
  return channel
}

// Its text is nobody's business: the place is told without it.
function notOfChannel(peer: RawRecord, record: RawRecord): FileProblem {
  const chat = peer['_'] === 'PeerChannel' ? 'a group' : `a private chat or group (${shown(peer['_'])})`
  return refusal(`message ${shown(record['id'])} is of ${chat}, only posts of channels are read`)
}

function forwardedFrom(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined
  const header = asObject(value, '"fwd_from"')
  const from = header['from_id'] as RawRecord | null | undefined
  const id = header['channel_id'] ?? from?.['channel_id']
  return optionalString(header['from_name'], 'fwd_from.from_name') ?? (id ? `channel${shown(id)}` : undefined)
}
