import {isObject, englishOf, verbatim} from '@ep23/sdk'
import type {Skip} from './map-records.js'
import {asObject, messageId, optionalString, describeValue, type RawRecord} from './record-fields.js'
import {RecordProblem, refusal} from './problems.js'
import type {JsonDialect} from './json-format.js'
import {message as say} from '../../../words/words.js'

/** Messages as Telethon's `to_dict()` and `to_json()` give them (https://core.telegram.org/constructor/message). */
export const mtproto: JsonDialect = {
  name: 'mtproto',
  title: say('formatMtproto'),
  example:
    '{"_": "Message", "id": 1, "peer_id": {"_": "PeerChannel", "channel_id": 1234567890}, "date": "2024-11-01T09:00:00+00:00", "message": "…"}',
  clock: 'utc',
  wrote: record => typeof record['_'] === 'string',
  toRecord: mtprotoRecord,
}

/** Messages as tg_history_dumper writes them: the same in Go's spelling, `TL_message` with `ID`, `PeerID`, `Message`. */
export const tgHistoryDumper: JsonDialect = {
  name: 'tg-history-dumper',
  title: say('formatTgHistory'),
  example:
    '{"_": "TL_message", "ID": 1, "PeerID": {"_": "TL_peerChannel", "ChannelID": 1234567890}, "Date": 1730451600, "Message": "…"}',
  clock: 'utc',
  wrote: record => String(record['_']).startsWith('TL_'),
  toRecord: record => mtprotoRecord(inSnakeCase(record) as RawRecord),
}

function mtprotoRecord(record: RawRecord): RawRecord | Skip {
  const kind = bareType(record)
  if (kind === 'messageservice' || kind === 'messageempty') return 'service'
  if (kind !== 'message')
    throw new RecordProblem(say('isValueNot', {what: '"_"', value: describeValue(record['_']), wanted: '"Message"'}))
  const {id, date, edit_date, message, entities, fwd_from} = record
  return {
    ...{id, date, edit_date, text: {text: optionalString(message, 'message'), entities}},
    peer_id: channelPeer(record),
    forwarded_from: forwardedFrom(fwd_from),
  }
}

function bareType(object: RawRecord): string {
  return String(object['_']).replace(/^TL_/u, '').toLowerCase()
}

function channelPeer(record: RawRecord): RawRecord {
  const peer = asObject(record['peer_id'] ?? record['to_id'], verbatim('"peer_id"'))
  if (bareType(peer) !== 'peerchannel' || record['post'] === false) throw notOfChannel(peer, record)
  return {channel_id: messageId(peer['channel_id'], 'peer_id.channel_id')}
}

// Its text is nobody's business: the place is told without it.
function notOfChannel(peer: RawRecord, record: RawRecord): Error {
  const chat =
    bareType(peer) === 'peerchannel' ? say('aGroup') : say('privateOrGroup', {kind: describeValue(peer['_'])})
  return refusal(say('messageOf', {id: describeValue(record['id']), chat}))
}

function forwardedFrom(value: unknown): string | undefined {
  if (!isObject(value)) return undefined
  const from = value['from_id']
  const id = value['channel_id'] ?? (isObject(from) ? from['channel_id'] : undefined)
  return (
    optionalString(value['from_name'], 'fwd_from.from_name') ??
    (id ? `channel${englishOf(describeValue(id))}` : undefined)
  )
}

/** `PeerID` is `peer_id`, all the way down. */
function inSnakeCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inSnakeCase)
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [snakeCase(key), inSnakeCase(inner)]))
}

function snakeCase(key: string): string {
  return key.replaceAll(/(?<=[a-z\d])(?=[A-Z])/gu, '_').toLowerCase()
}
