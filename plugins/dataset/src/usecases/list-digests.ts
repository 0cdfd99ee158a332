import {joined, numbersMessage, type Message, type Store, type TextBlock} from '@ep23/sdk'

import {dayOf} from '../domain/day-window.js'
import {digestKind} from '../domain/document-kind.js'
import {noOrigins, type Origin, type OriginCounts, type WriterKind} from '../domain/document-values.js'
import {storedDocuments} from './stored-documents.js'
import {writerOf} from './writer-of.js'
import {message} from '../words/words.js'

export interface ListedDigest {
  digest_id: string
  channel: string
  day: string
  origin: Origin
  writer: WriterKind
  llm_model: string
  posts: number
  characters: number
  latency_seconds: number | null
  /** Of a document of the team's that cannot be used: why. */
  problems: Message[]
}

export interface DigestList {
  digests: ListedDigest[]
  /** Found beyond `limit`. */
  more: number
  by_origin: OriginCounts
}

export interface ListOptions {
  channels?: readonly string[]
  origin?: Origin
  writer?: WriterKind
  limit: number
  zone: string
}

/** The stored digests, in order of channel and day. */
export async function listDigests(store: Store, options: ListOptions): Promise<DigestList> {
  const {channels, origin, writer, limit, zone} = options
  const list: DigestList = {digests: [], more: 0, by_origin: noOrigins()}
  const query = {...(channels && {channels}), ...(origin && {origin})}
  for await (const {document, problems} of storedDocuments(store, digestKind, query)) {
    const {digest_id, channel, created_at, metadata, posts, summary_markdown, latency_seconds} = document
    const {kind} = writerOf(digestKind, document)
    if (writer !== undefined && kind !== writer) continue
    list.by_origin[metadata.origin] += 1
    if (list.digests.length >= limit) list.more += 1
    else
      list.digests.push({
        ...{digest_id, channel, day: Number.isNaN(created_at.getTime()) ? '' : dayOf(created_at, zone)},
        ...{origin: metadata.origin, writer: kind, llm_model: metadata.llm_model},
        ...{posts: posts.length, characters: summary_markdown.length, latency_seconds: latency_seconds ?? null},
        problems: problems.map(({pointer, message}) => joined([pointer, message], ': ')),
      })
  }
  return list
}

const COLUMNS = [
  {title: 'digest', kind: 'name'},
  {title: 'origin', kind: 'name'},
  {title: 'writer', kind: 'name'},
  ...['posts', 'characters', 'latency'].map(title => ({title, kind: 'number'}) as const),
  {title: 'model'},
  {title: 'problems'},
] as const

export function renderDigestList({digests, more, by_origin}: DigestList): TextBlock[] {
  if (digests.length === 0) return [message('noneStored')]
  const hasProblems = digests.some(({problems}) => problems.length > 0)
  const rows = digests.map(row => [
    row.digest_id,
    row.origin,
    row.writer,
    String(row.posts),
    String(row.characters),
    row.latency_seconds === null
      ? '-'
      : message('secondsTaken', {seconds: numbersMessage(row.latency_seconds.toFixed(2))}),
    row.llm_model,
    row.problems.length > 0 ? ({text: joined(['✖ ', joined(row.problems, '; ')], ''), tone: 'bad'} as const) : '',
  ])
  const {telegram, synthetic, team} = by_origin
  return [
    {columns: hasProblems ? COLUMNS : COLUMNS.slice(0, -1), rows},
    {text: message('listTotals', {digests: telegram + synthetic + team, telegram, synthetic, team})},
    ...(more > 0 ? [message('moreNotShown', {more})] : []),
  ]
}
