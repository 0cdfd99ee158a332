import type {Store, UpsertCounts} from '@ep23/sdk'

import {
  COLLECTED_POSTS,
  isTitle,
  latestVersion,
  type CollectedPost,
  type SkippedRows,
  channelPosts,
} from './channel-posts.js'

export interface ChannelCollection extends UpsertCounts {
  channel: string
  /** Rows of the database: a post stands there once a subscriber. */
  rows_read: number
  posts: number
  skipped: SkippedRows
}

export interface CollectReport {
  from: string
  store: string
  channels: ChannelCollection[]
  /** Titles that no channel claims; their posts are kept under the title. */
  unnamed: string[]
  totals: UpsertCounts & {rows_read: number; posts: number}
}

interface CollectDeps {
  store: Store
  /** Butler's database. */
  source: Store
  signal: AbortSignal
  onRead: (posts: number) => void
}

const BATCH = 500

/**
 * Copies Butler's posts into ep23's own store before their seven days are over. What is there already is not written again; an
 * edited post takes the place of its older wording. Nothing is ever removed.
 */
export async function collectPosts(
  {store, source, signal, onRead}: CollectDeps,
  channels?: readonly string[],
): Promise<CollectReport> {
  const collected: ChannelCollection[] = []
  for await (const {channel, posts, rows, skipped} of channelPosts(source, channels)) {
    signal.throwIfAborted()
    const written = await write(store, [...posts.values()])
    collected.push({channel, rows_read: rows, posts: posts.size, ...written, skipped})
    onRead(sum(collected, each => each.posts))
  }
  return {
    from: source.location,
    store: store.location,
    channels: collected,
    unnamed: collected.map(({channel}) => channel).filter(isTitle),
    totals: {
      rows_read: sum(collected, each => each.rows_read),
      posts: sum(collected, each => each.posts),
      inserted: sum(collected, each => each.inserted),
      updated: sum(collected, each => each.updated),
      unchanged: sum(collected, each => each.unchanged),
    },
  }
}

async function write(store: Store, posts: readonly CollectedPost[]): Promise<UpsertCounts> {
  const collection = store.collection<CollectedPost>(COLLECTED_POSTS)
  const counts = {inserted: 0, updated: 0, unchanged: 0}
  for (let from = 0; from < posts.length; from += BATCH) {
    const batch = posts.slice(from, from + BATCH)
    const stored = new Map<string, CollectedPost>()
    const keys = batch.map(({post_key}) => post_key)
    for await (const post of collection.find({post_key: {$in: keys}})) stored.set(post.post_key, post)
    const merged = batch.map(post => {
      const known = stored.get(post.post_key)
      return known ? latestVersion(known, post) : post
    })
    const written = await collection.upsertMany(merged, 'post_key')
    counts.inserted += written.inserted
    counts.updated += written.updated
    counts.unchanged += written.unchanged
  }
  return counts
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0)
}
