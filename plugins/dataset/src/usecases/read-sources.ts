import {badDataError, type StepReport} from '@ep23/sdk'

import {dayOf, type DayWindow, dayWindow} from '../domain/day-window.js'
import type {SeedOptions} from './seed-options.js'
import type {SeedChannel} from './source-options.js'
import type {RecordCounts} from './seed-report.js'
import type {SourcePost} from '../domain/posts.js'
import {noPosts, ownPosts, type SourceUse} from './own-posts.js'
import type {CollectedPosts, ReadChannel} from './channel-stages.js'
import type {ReadPosts, SeedDeps} from './seed-deps.js'
import {numberedTexts, validateDistinct} from './validate-channels.js'
import {message} from '../words/words.js'

const NO_RECORDS: RecordCounts = {
  posts: 0,
  outside_window: 0,
  repeated: 0,
  replaced: 0,
  other_channels: 0,
  without_text: 0,
  service: 0,
  invalid: 0,
  made_ids: 0,
}

/**
 * Finds the window and keeps its posts, channel by channel: those of one are in memory at a time.
 * @throws Ep23Error DATASET_NO_SOURCES, DATASET_NO_POSTS, DATASET_OTHER_CHANNEL, DATASET_SEVERAL_CHATS, DATASET_SAME_CHANNEL (65)
 */
export async function readSources(
  {scanPosts, readPosts, metrics, spool}: SeedDeps,
  options: SeedOptions,
  report: StepReport,
): Promise<{window: DayWindow; channels: ReadChannel[]}> {
  const window = await resolveWindow(scanPosts, options)
  const channels: ReadChannel[] = []
  let before = 0
  for (const source of options.channels) {
    report.note(source.name)
    const {byDay, ...collected} = await collectPosts(readPosts, source, window, read =>
      report.advance(before + read, undefined, 'posts'),
    )
    before += collected.records.posts
    metrics.postsRead.inc({channel: source.name}, collected.records.posts)
    channels.push({name: source.name, collected, byDay: spool.put(byDay), posts: numberedTexts(byDay)})
  }
  validateDistinct(channels)
  report.note(
    message('channelsRead', {channels: channels.length, from: window.days[0] ?? '', to: window.days.at(-1) ?? ''}),
  )
  return {window, channels}
}

/**
 * Reads a channel's sources once and keeps the window's posts, oldest first. A post is its number in the channel: of several
 * versions the one that was edited last stays, or, when none says when it was edited, the one of the later source.
 */
export async function collectPosts(
  readPosts: ReadPosts,
  channel: SeedChannel,
  window: DayWindow,
  onProgress: (postsRead: number) => void,
): Promise<CollectedPosts> {
  const records = {...NO_RECORDS}
  const versions = new Map<string, SourcePost>()
  const uses: SourceUse[] = []
  for (const source of channel.sources) {
    for await (const batch of ownPosts(readPosts, channel.name, source, use => uses.push(use))) {
      records.posts += batch.length
      for (const post of batch) {
        if (isInside(post, window)) keepLatest(versions, post, records)
        else records.outside_window += 1
      }
      onProgress(records.posts)
    }
  }
  const [empty] = uses
  if (empty && uses.every(({tally}) => tally.posts === 0)) throw noPosts(empty.source, empty.tally)
  for (const {tally, otherChannels} of uses) {
    records.other_channels += otherChannels
    records.without_text += tally.withoutText
    records.service += tally.service
    records.invalid += tally.invalid
    records.made_ids += tally.madeIds
  }
  return {records, byDay: byDay(versions.values(), window.zone), uses}
}

function keepLatest(versions: Map<string, SourcePost>, post: SourcePost, records: RecordCounts): void {
  const known = versions.get(post.post_id)
  if (known !== undefined) records[known.text === post.text ? 'repeated' : 'replaced'] += 1
  if (known === undefined || editedAt(post) >= editedAt(known)) versions.set(post.post_id, post)
}

function editedAt({edited_at}: SourcePost): number {
  return edited_at?.getTime() ?? 0
}

function isInside({published_at}: SourcePost, {from, to}: DayWindow): boolean {
  return published_at >= from && published_at < to
}

function byDay(posts: Iterable<SourcePost>, zone: string): CollectedPosts['byDay'] {
  const days = Map.groupBy(posts, ({published_at}) => dayOf(published_at, zone))
  for (const ofDay of days.values()) ofDay.sort(byTimeAndId)
  return days
}

function byTimeAndId(a: SourcePost, b: SourcePost): number {
  return (
    a.published_at.getTime() - b.published_at.getTime() || a.post_id.localeCompare(b.post_id, 'en', {numeric: true})
  )
}

const DAY = 86_400_000

/** The window's days: up to `until`, or up to the last day that all sources cover whole. */
async function resolveWindow(readPosts: ReadPosts, options: SeedOptions): Promise<DayWindow> {
  const {until, timeZone: zone, policy} = options
  const last = until === 'latest' ? await latestWholeDay(readPosts, options) : until
  return dayWindow({until: last, days: policy.days, zone})
}

// The collector stopped at some moment of the last day, so only the day before it is known to be whole.
async function latestWholeDay(readPosts: ReadPosts, {channels, timeZone}: SeedOptions): Promise<string> {
  const withSources = channels.filter(({sources}) => sources.length > 0)
  if (withSources.length === 0)
    throw badDataError('DATASET_NO_SOURCES', message('untilNeedsSources'), [
      message('nameLastDay'),
      message('orGiveSources'),
    ])
  const lastPosts = await Promise.all(withSources.map(channel => lastPostAt(readPosts, channel)))
  return dayOf(new Date(Math.min(...lastPosts) - DAY), timeZone)
}

async function lastPostAt(readPosts: ReadPosts, {name, sources}: SeedChannel): Promise<number> {
  let last = Number.NEGATIVE_INFINITY
  for (const source of sources)
    for await (const batch of ownPosts(readPosts, name, source))
      for (const post of batch) last = Math.max(last, post.published_at.getTime())
  if (Number.isFinite(last)) return last
  throw badDataError(
    'DATASET_NO_POSTS',
    message('noPostWithText', {name, sources: sources.map(({path}) => path).join(', ')}),
    [message('checkFileBelongs')],
  )
}
