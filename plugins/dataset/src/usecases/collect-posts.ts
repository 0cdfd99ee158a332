import {badDataError, type Store, type UpsertCounts, type Message} from '@ep23/sdk'

import {
  COLLECTED_POSTS,
  isTitle,
  latestVersion,
  type CollectedPost,
  type SkippedRows,
  channelPosts,
} from './channel-posts.js'
import {message} from '../words/words.js'

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
 * @throws Ep23Error DATASET_NO_POSTS (65): a job that copies nothing must not look like one that works
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
  if (sum(collected, each => each.rows_read) === 0) throw noPosts(source.location, channels)
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

function noPosts(from: string, channels: readonly string[] | undefined): Error {
  const whose = channels === undefined ? '' : ` of ${channels.join(', ')}`
  return badDataError('DATASET_NO_POSTS', message('noCollectedPosts', {from, whose}), [
    message('checkAddress'),
    message('postsExpire'),
  ])
}

/** The copy's result as lines for a terminal. */
export function renderCollect({from, channels, totals}: CollectReport): Message[] {
  return [
    ...channels.map(({channel, rows_read, posts, ...counts}) =>
      message('collected', {
        what: message('rowsAndPosts', {channel: channel.padEnd(20), rows: rows_read, posts}),
        changes: changes(counts),
      }),
    ),
    message('collected', {what: message('postsFrom', {posts: totals.posts, from}), changes: changes(totals)}),
  ]
}

function changes({inserted, updated, unchanged}: UpsertCounts): Message {
  return message('collectChanges', {inserted, updated, unchanged})
}

/** What to do about posts of which only the channel's title is known. */
export function unnamedWarning(title: string): Message {
  return message('whichChannel', {title, example: title})
}
