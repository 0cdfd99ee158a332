import {dayOf, type DayWindow} from '../../domain/day-window.js'
import type {SeedChannel} from '../../domain/seed-options.js'
import type {SourcePost} from '../../domain/source-post.js'
import {ownPosts} from './own-posts.js'
import type {ReadPosts} from './seed-deps.js'

export interface CollectedPosts {
  /** Records with text in all sources of the channel. */
  postsRead: number
  /** Posts of the window by local day; memory is bounded by the window, not by the sources. */
  byDay: Map<string, SourcePost[]>
}

/** Reads a channel's sources once and keeps the window's posts, oldest first. */
export async function collectPosts(
  readPosts: ReadPosts,
  channel: SeedChannel,
  window: DayWindow,
  onProgress: (postsRead: number) => void,
): Promise<CollectedPosts> {
  const collected: CollectedPosts = {postsRead: 0, byDay: new Map()}
  for (const source of channel.sources) {
    for await (const batch of ownPosts(readPosts, channel.name, source)) {
      collected.postsRead += batch.length
      for (const post of batch) if (isInside(post, window)) addToDay(collected.byDay, post, window.zone)
      onProgress(collected.postsRead)
    }
  }
  for (const posts of collected.byDay.values()) posts.sort(byTimeAndId)
  return collected
}

function isInside({published_at}: SourcePost, {from, to}: DayWindow): boolean {
  return published_at >= from && published_at < to
}

function addToDay(byDay: CollectedPosts['byDay'], post: SourcePost, zone: string): void {
  const day = dayOf(post.published_at, zone)
  const posts = byDay.get(day)
  if (posts) posts.push(post)
  else byDay.set(day, [post])
}

function byTimeAndId(a: SourcePost, b: SourcePost): number {
  return (
    a.published_at.getTime() - b.published_at.getTime() || a.post_id.localeCompare(b.post_id, 'en', {numeric: true})
  )
}
