import {dayOf, type DayWindow} from '../../domain/day-window.js'
import type {SeedChannel} from '../../domain/seed-options.js'
import type {RecordCounts} from '../../domain/seed-report.js'
import type {SourcePost} from '../../domain/source-post.js'
import {noPosts, ownPosts, type SourceUse} from './own-posts.js'
import type {ReadPosts} from './seed-deps.js'

export interface CollectedPosts {
  /** Records of all sources of the channel, by what became of them. */
  records: RecordCounts
  /** Posts of the window by local day; memory is bounded by the window, not by the sources. */
  byDay: Map<string, SourcePost[]>
  uses: SourceUse[]
}

export const NO_RECORDS: RecordCounts = {
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
