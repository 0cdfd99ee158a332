import type {SourceChannel, SourcePost} from '../../../domain/source-post.js'
import type {Skip} from './map-records.js'
import {postDate, type NaiveDates} from './post-date.js'
import {asObject, bareChannelId, optionalString, optionalUrl, postId, type RawRecord} from './record-fields.js'

/** The names under which collectors write the three fields that make a post, the commonest first. */
export const ID_FIELDS = ['message_id', 'post_id', 'id']
export const DATE_FIELDS = ['date', 'published_at', 'datetime', 'timestamp']
export const TEXT_FIELDS = ['text', 'content', 'message']

const USERNAME = /^(?:@|(?:https?:\/\/)?t\.me\/(?:s\/)?)(\w{4,32})\/?$/u

/** Reads flat records of posts, as collectors write them to JSON and CSV. */
export class PostRecords {
  #channel: SourceChannel = {}

  constructor(private readonly naive: NaiveDates) {}

  /** The post in one record; throws a RecordProblem that names the field. */
  toPost(value: unknown): SourcePost | Skip {
    const record = asObject(value)
    const idField = fieldOf(record, ID_FIELDS)
    const post_id = postId(record[idField], idField)
    const dateField = fieldOf(record, DATE_FIELDS)
    const published_at = postDate(record[dateField], dateField, this.naive)
    const textField = fieldOf(record, TEXT_FIELDS)
    const text = optionalString(record[textField], textField)
    if (text === undefined || text.trim() === '') return 'withoutText'
    const channel = this.#channelOf(record)
    return withOptional({channel, post_id, published_at, text}, record)
  }

  // One object for all posts of a channel: a million posts hold one copy of its title.
  #channelOf(record: RawRecord): SourceChannel {
    const channel = channelOf(record)
    const last = this.#channel
    if (channel.title !== last.title || channel.username !== last.username || channel.id !== last.id)
      this.#channel = channel
    return this.#channel
  }
}

/** The first of these fields that the record has; the first of all when it has none. */
function fieldOf(record: RawRecord, names: string[]): string {
  for (const name of names) if (record[name] !== undefined && record[name] !== null) return name
  return names[0] as string
}

function channelOf(record: RawRecord): SourceChannel {
  const named = optionalString(record['channel'], 'channel')
  const username = usernameIn(named) ?? usernameIn(optionalString(record['username'], 'username'), '@')
  const title = optionalString(record['channel_title'], 'channel_title') ?? (usernameIn(named) ? undefined : named)
  const id = bareChannelId(record['sender_id'] ?? record['channel_id'] ?? record['chat_id'])
  return {...(title && {title}), ...(username && {username}), ...(id && {id})}
}

function usernameIn(text: string | undefined, prefix = ''): string | undefined {
  return text === undefined ? undefined : USERNAME.exec(prefix + text)?.[1]
}

function withOptional(post: SourcePost, record: RawRecord): SourcePost {
  const url = optionalUrl(record['url'] ?? record['link'], 'url') ?? linkTo(post)
  if (url !== undefined) post.url = url
  const title = optionalString(record['title'], 'title')
  if (title !== undefined) post.title = title
  const forwarded = optionalString(record['forwarded_from'], 'forwarded_from')
  if (forwarded !== undefined) post.forwarded_from = forwarded
  return post
}

/** Telegram's address of a post, when the channel's username is known. */
function linkTo({channel, post_id}: SourcePost): string | undefined {
  return channel.username !== undefined && /^\d+$/u.test(post_id)
    ? `https://t.me/${channel.username}/${post_id}`
    : undefined
}
