import type {SourceChannel, SourcePost} from '../../../domain/source-post.js'
import type {Skip} from '../records/map-records.js'
import {postDate, type NaiveDates} from '../records/post-date.js'
import {asObject, messageId, optionalString, shown, type RawRecord} from '../records/record-fields.js'
import {RecordProblem} from '../records/record-problem.js'
import {desktopMarkdown} from './desktop-markdown.js'

/** The post in one element of `messages` of a Telegram Desktop export. */
export function desktopMessage(value: unknown, channel: SourceChannel, naive: NaiveDates): SourcePost | Skip {
  const record = asObject(value)
  const type = record['type']
  if (type === 'service' || type === 'unsupported') return 'service'
  if (type !== 'message') throw new RecordProblem(`"type" is ${shown(type)}, not "message"`)
  const post_id = messageId(record['id'], 'id')
  const published_at = dateOf(record, naive)
  const text = desktopMarkdown(record['text'] ?? record['text_entities'])
  if (text.trim() === '') return 'withoutText'
  return withOptional({channel, post_id, published_at, text}, record)
}

// `date` is the wall clock of the machine that exported: only `date_unixtime` says when it was.
function dateOf(record: RawRecord, naive: NaiveDates): Date {
  const unixtime = record['date_unixtime']
  return unixtime === undefined ? postDate(record['date'], 'date', naive) : postDate(unixtime, 'date_unixtime', naive)
}

function withOptional(post: SourcePost, record: RawRecord): SourcePost {
  const forwarded = optionalString(record['forwarded_from'], 'forwarded_from')
  if (forwarded !== undefined) post.forwarded_from = forwarded
  return post
}
