import {channelIn, momentIn, textIn, type Fields} from './team-fields.js'

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
export function butlerPost(row: Fields): CollectedPost | keyof SkippedRows {
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
export function underName(post: CollectedPost, channel: string): CollectedPost {
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
