import {badDataError, usageError, type Store, joined, numbersMessage, type Text} from '@ep23/sdk'

import type {Digest} from '../domain/digest.js'
import {digestKind, reviewKind} from '../domain/document-kind.js'
import type {ReviewReport} from '../domain/review-report.js'
import {writerOf} from './writer-of.js'
import type {StoredEntry} from './read-document.js'
import {parseChannel, type ChannelName} from '../domain/channel.js'
import {dayOf, dayWindow} from '../domain/day-window.js'
import {momentIn} from '../domain/team-fields.js'
import {storedDocuments} from './stored-documents.js'
import {message as say} from '../words/words.js'

/** One day of one channel, in a zone. */
export interface ChannelDay {
  channel: ChannelName
  day: string
  zone: string
}

/** What a user names as channel and day. @throws Ep23Error USAGE (64) for a day that is none, DATASET_BAD_CHANNEL (65) */
export function channelDay({channel, day}: {channel: string; day: string}, zone: string): ChannelDay {
  if (momentIn(/^\d{4}-\d{2}-\d{2}$/u.test(day) ? day : undefined) === undefined)
    throw usageError(say('expectedDay', {day}))
  return {channel: parseChannel(channel), day, zone}
}

interface DayDocuments {
  digests: StoredEntry<Digest>[]
  review_reports: StoredEntry<ReviewReport>[]
}

/**
 * Everything that is stored for a day: ep23's digest and those of the team's programs.
 * @throws Ep23Error DATASET_NO_DIGEST (65) naming the nearest days that have one
 */
export async function dayDocuments(store: Store, {channel, day, zone}: ChannelDay): Promise<DayDocuments> {
  const {from, to} = dayWindow({until: day, days: 1, zone})
  const query = {from, to, channels: [channel]}
  const digests = await Array.fromAsync(storedDocuments(store, digestKind, query))
  const review_reports = await Array.fromAsync(storedDocuments(store, reviewKind, query))
  if (digests.length + review_reports.length > 0) return {digests, review_reports}
  throw await noDigest(store, {channel, day, zone})
}

async function noDigest(store: Store, {channel, day, zone}: ChannelDay): Promise<Error> {
  const days: string[] = []
  for await (const {document} of storedDocuments(store, digestKind, {channels: [channel]}))
    days.push(dayOf(document.created_at, zone))
  const nearest = days.toSorted((a, b) => distance(a, day) - distance(b, day)).slice(0, 3)
  return badDataError('DATASET_NO_DIGEST', say('noDigestOfDay', {channel, day, location: store.location}), [
    nearest.length > 0
      ? say('nearestDays', {days: [...new Set(nearest)].sort().join(', ')})
      : say('noDigestsAtAll', {channel}),
    say('seeStored'),
  ])
}

function distance(a: string, b: string): number {
  return Math.abs(Date.parse(a) - Date.parse(b))
}

export interface ShowOptions {
  posts: boolean
  review: boolean
}

/** A day's documents for reading: the digest, and on demand its posts or its review. */
export function renderDay({digests, review_reports}: DayDocuments, {posts, review}: ShowOptions): Text[] {
  const shown = review
    ? review_reports.map(renderReview)
    : digests.map(entry => [...renderDigest(entry), ...(posts ? ['', ...renderPosts(entry.document)] : [])])
  const blocks = shown.length > 0 ? shown : [[say('noReviewStored')]]
  return blocks.flatMap((block, index) => (index === 0 ? block : ['', '─'.repeat(40), '', ...block]))
}

function renderDigest({document, problems}: StoredEntry<Digest>): Text[] {
  const {digest_id, posts, latency_seconds: latency, created_at, metadata, quality, summary_markdown} = document
  const scores = Object.entries(quality?.llm_judge?.scores ?? {}).map(([name, score]) =>
    joined([name, numbersMessage(String(score))], ' '),
  )
  return [
    say('digestBy', {
      digest_id,
      origin: metadata.origin,
      model: metadata.llm_model,
      kind: writerOf(digestKind, document).kind,
    }),
    joined([
      say('posts', {posts: posts.length}),
      typeof latency === 'number'
        ? say('secondsTaken', {seconds: numbersMessage(latency.toFixed(2))})
        : say('latencyNotMeasured'),
      say('dueAt', {at: created_at.toISOString()}),
      ...(scores.length > 0 ? [say('judgedScores', {scores: joined(scores)})] : []),
    ]),
    ...problems.map(({pointer, message}) => joined([`✖ ${pointer}`, message], ': ')),
    '',
    ...summary_markdown.trim().split('\n'),
  ]
}

function renderPosts({posts}: Digest): Text[] {
  return posts.flatMap(({post_id, published_at, url, title, text}, index) => [
    joined(
      [
        `[${index + 1}]`,
        ...(post_id ? [say('postNumber', {id: post_id})] : []),
        published_at?.toISOString() ?? '',
        url ?? '',
      ].filter(Boolean),
      '  ',
    ),
    ...[title, text].filter(Boolean).flatMap(part =>
      (part ?? '')
        .trim()
        .split('\n')
        .map(line => `    ${line}`),
    ),
    '',
  ])
}

function renderReview({document: {report_id, report}}: StoredEntry<ReviewReport>): Text[] {
  const {passes, synthesis, metadata} = report
  return [
    say('reviewBy', {report_id, origin: metadata.origin, model: metadata.llm_model}),
    '',
    ...synthesis.trim().split('\n'),
    ...passes.flatMap(({pass_name, summary, findings, recommendations}) => [
      '',
      `${pass_name}: ${summary}`,
      ...findings.map(({title, description}) => `  ! ${[title, description].filter(Boolean).join(': ')}`),
      ...recommendations.map(text => `  → ${text}`),
    ]),
  ]
}
