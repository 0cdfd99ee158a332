import type {Scalar, Store} from '@ep23/sdk'

import {
  butlerPost,
  isTitle,
  latestVersion,
  underName,
  type CollectedPost,
  type SkippedRows,
} from '../../domain/team/butler-post.js'
import {channelIn, type Fields} from '../../domain/team/team-fields.js'

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
    if (isWanted(channel.channel)) yield (claimed.get(channel.channel) ?? []).reduce(together, channel)
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

function together(channel: ChannelPosts, titled: ChannelPosts): ChannelPosts {
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
