import type {Scalar, Store} from '@ep23/sdk'

import {channelIn, type Fields, momentIn, textIn} from '../domain/team-fields.js'

/** The posts of one channel, each once, by id. */
export interface ChannelPosts {
  /** `@name`, or a title that no channel of the database claims. */
  channel: string
  posts: ReadonlyMap<string, CollectedPost>
  /** Rows read: a post stands there once a subscriber and wording. */
  rows: number
  skipped: SkippedRows
}

const POSTS = 'posts'
/** A shorter text may stand in two channels under one number by chance. */
const TELLING_LENGTH = 20

/**
 * Reads Butler's `posts`, channel by channel; titles last. A title in place of a username is that of the channel in which the
 * same message has the same text; without such a one its posts come under the title.
 * @param wanted only these channels, `@name` or a title
 */
export async function* channelPosts(store: Store, wanted?: readonly string[]): AsyncGenerator<ChannelPosts> {
  const collection = store.collection<Fields>(POSTS)
  const spellings = Map.groupBy((await collection.countBy({}, 'channel_username')).keys(), nameOf)
  const titles = [...spellings.keys()].filter(isTitle)
  const isWanted = (channel: string): boolean => wanted === undefined || wanted.includes(channel)
  // A wanted name needs its rows, and a title may be that of any channel: then all are read.
  const names = [...spellings.keys()].filter(name => !isTitle(name) && (isWanted(name) || titles.length > 0)).sort()
  const byMessage = new Map<string, string>()
  const read = async (channel: string): Promise<ChannelPosts> => readRows(store, channel, spellings.get(channel) ?? [])
  const titled = await Promise.all(titles.map(read))
  const claimed = new Map<string, ChannelPosts[]>()
  const found: ChannelPosts[] = []
  for (const name of names) {
    const channel = await read(name)
    for (const post of channel.posts.values()) byMessage.set(messageOf(post), name)
    if (titles.length === 0) yield channel
    else found.push(channel)
  }
  for (const title of titled) {
    const name = ownerOf(title, byMessage)
    if (name === undefined) found.push(title)
    else claimed.set(name, [...(claimed.get(name) ?? []), title])
  }
  for (const channel of found)
    if (isWanted(channel.channel)) yield (claimed.get(channel.channel) ?? []).reduce(withTitled, channel)
}

function nameOf(username: string): string {
  return channelIn(username) ?? username.trim()
}

async function readRows(store: Store, channel: string, spellings: readonly Scalar[]): Promise<ChannelPosts> {
  const posts = new Map<string, CollectedPost>()
  const skipped = {without_text: 0, unusable: 0}
  let rows = 0
  for await (const row of store.collection<Fields>(POSTS).find({channel_username: {$in: spellings}})) {
    rows += 1
    const post = butlerPost(row)
    if (typeof post === 'string') skipped[post] += 1
    else addPost(posts, post)
  }
  return {channel, posts, rows, skipped}
}

function addPost(posts: Map<string, CollectedPost>, post: CollectedPost): void {
  const known = posts.get(post.post_id)
  posts.set(post.post_id, known ? latestVersion(known, post) : post)
}

function messageOf({post_id, text}: CollectedPost): string {
  return text.length < TELLING_LENGTH ? '' : `${post_id} ${text}`
}

// One answer, or none: a title is never shared out among channels.
function ownerOf({posts}: ChannelPosts, byMessage: ReadonlyMap<string, string>): string | undefined {
  const owners = new Set([...posts.values()].flatMap(post => (messageOf(post) && byMessage.get(messageOf(post))) || []))
  return owners.size === 1 ? [...owners][0] : undefined
}

function withTitled(channel: ChannelPosts, titled: ChannelPosts): ChannelPosts {
  const posts = new Map(channel.posts)
  for (const post of titled.posts.values()) addPost(posts, underName(post, channel.channel))
  const {without_text, unusable} = titled.skipped
  return {
    ...channel,
    posts,
    rows: channel.rows + titled.rows,
    skipped: {
      without_text: channel.skipped.without_text + without_text,
      unusable: channel.skipped.unusable + unusable,
    },
  }
}

/** The collection in which ep23 keeps what `dataset:collect` copied. */
export const COLLECTED_POSTS = 'ep23_posts'

/** One post of one channel, as ep23 keeps it before Butler's database forgets it. */
export interface CollectedPost {
  /** Natural key, `@habr/123`; of a channel that is known by a title alone, `«Title»/123`. */
  post_key: string
  /** `@name`, or the title where nothing says which channel it is. */
  channel: string
  post_id: string
  published_at: Date
  text: string
  /** The most that was seen. */
  views?: number
  /** When Butler first fetched this wording. */
  fetched_at?: Date
}

export interface SkippedRows {
  without_text: number
  /** Rows without a usable message id or date. */
  unusable: number
}

/** A row of Butler's `posts` collection (docs/team-data.md), or why it is none. */
function butlerPost(row: Fields): CollectedPost | keyof SkippedRows {
  const {channel_username: name, message_id: id, text, views} = row
  const published = momentIn(row['date'])
  const fetched = momentIn(row['fetched_at'])
  const channel = channelIn(name) ?? textIn(name)?.trim()
  const post_id = typeof id === 'number' ? String(id) : textIn(id)?.trim()
  if (channel === undefined || post_id === undefined || !/^\d{1,18}$/u.test(post_id) || published === undefined)
    return 'unusable'
  const words = textIn(text)?.toWellFormed()
  if (words === undefined) return 'without_text'
  return {
    ...ownPost(channel, post_id),
    published_at: published,
    text: words,
    ...(typeof views === 'number' && views >= 0 && {views}),
    ...(fetched && {fetched_at: fetched}),
  }
}

/** The same post under the channel's own name, once that is known. */
function underName(post: CollectedPost, channel: string): CollectedPost {
  return {...post, ...ownPost(channel, post.post_id)}
}

/**
 * One of two rows of the same post: subscribers fetch it several times, and its text may have been edited in between. The
 * wording that was fetched last stays, with the moment at which it was fetched first.
 */
export function latestVersion(a: CollectedPost, b: CollectedPost): CollectedPost {
  const [older, newer] = fetchedAt(a) <= fetchedAt(b) ? [a, b] : [b, a]
  const views = Math.max(a.views ?? -1, b.views ?? -1)
  const kept = older.text === newer.text ? older : newer
  return {...kept, ...(views >= 0 && {views})}
}

export function isTitle(channel: string): boolean {
  return !channel.startsWith('@')
}

function ownPost(channel: string, post_id: string): Pick<CollectedPost, 'post_key' | 'channel' | 'post_id'> {
  return {post_key: `${isTitle(channel) ? `«${channel}»` : channel}/${post_id}`, channel, post_id}
}

function fetchedAt({fetched_at}: CollectedPost): number {
  return fetched_at?.getTime() ?? 0
}
