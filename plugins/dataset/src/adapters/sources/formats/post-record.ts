import {hash} from 'node:crypto'

import type {SourceChannel, SourcePost} from '../../../domain/posts.js'
import {CHANNEL_CONCEPTS, channelOf, postLink} from './channel-identity.js'
import {FieldFinder} from './field-names.js'
import type {Skip} from './map-records.js'
import {messageText, nestedCaption} from './message-text.js'
import {optionalDate, postDate, type NaiveDates} from './post-date.js'
import {asObject, httpUrl, optionalString, postId, type RawRecord} from './record-fields.js'

/** What begins an id that was made because the record has none. */
export const MADE_ID = 'made-'
const MADE_LENGTH = 16

export interface PostRecordsOptions {
  naive: NaiveDates
  /** What is known of the channel from around the records; a record's own fields come before it. */
  channel?: SourceChannel
  /** True when nothing in a record can change the channel, which is then not looked for. */
  isChannelKnown?: boolean
  /** Called for each id that had to be made. */
  onMadeId?: () => void
}

/** Reads records of posts under the names of field-names.ts, of whatever collector, file or database. */
export class PostRecords {
  readonly #fields = new FieldFinder()
  readonly #channels = new Map<string, SourceChannel>()
  readonly #utc: NaiveDates
  readonly #channelFields: unknown[] = []
  #last: SourceChannel | undefined

  constructor(private readonly options: PostRecordsOptions) {
    this.#utc = {...options.naive, clock: 'utc'}
  }

  /** The post in one record, or why there is none; throws a RecordProblem that names the field. */
  toPost(value: unknown): SourcePost | Skip {
    const record = asObject(value)
    if (record['type'] === 'service' || record['type'] === 'unsupported') return 'service'
    const fields = this.#fields
    fields.look(record)
    const link = postLink(fields.value('url'))
    const id = fields.value('id') ?? link?.number
    const post_id = id === undefined ? undefined : postId(id, fields.name('id'))
    const published_at = this.#dateOf()
    const text = textOf(record, fields)
    if (text === undefined) return 'withoutText'
    const channel = this.#channelOf(link?.number === post_id ? link?.channel : undefined)
    return this.#withOptional({channel, post_id: post_id ?? this.#madeId(published_at, text), published_at, text})
  }

  // `date` may be the wall clock of the machine that exported: seconds since 1970, where there are any, say when it was.
  #dateOf(): Date {
    const fields = this.#fields
    const unixtime = fields.value('unixtime')
    if (unixtime !== undefined) return postDate(unixtime, fields.name('unixtime'), this.#utc)
    return postDate(fields.value('date'), fields.name('date'), this.options.naive)
  }

  // One object for all posts of a channel: a million posts hold one copy of its title, and most are known at a glance.
  #channelOf(linked: SourceChannel | undefined): SourceChannel {
    const {channel: around = {}, isChannelKnown} = this.options
    if (isChannelKnown === true) return around
    const isSame = this.#fields.isSame(CHANNEL_CONCEPTS, this.#channelFields)
    if (isSame && linked === undefined && this.#last !== undefined) return this.#last
    const channel = {...around, ...linked, ...channelOf(this.#fields)}
    const key = `${channel.username ?? ''}\n${channel.id ?? ''}\n${channel.title ?? ''}`
    const known = this.#channels.get(key) ?? channel
    this.#channels.set(key, known)
    this.#last = linked === undefined ? known : undefined
    return known
  }

  // From what the post says and when: the same post has the same id in every file and on every run.
  #madeId(published_at: Date, text: string): string {
    this.options.onMadeId?.()
    return MADE_ID + hash('sha256', `${published_at.toISOString()}\n${text}`, 'hex').slice(0, MADE_LENGTH)
  }

  #withOptional(post: SourcePost): SourcePost {
    const fields = this.#fields
    const url = httpUrl(fields.value('url')) ?? linkTo(post)
    if (url !== undefined) post.url = url
    const title = optionalString(fields.value('title'), 'title')
    if (title !== undefined) post.title = title
    const forwarded = fields.value('forwardedFrom')
    if (typeof forwarded === 'string') post.forwarded_from = optionalString(forwarded, 'forwarded_from') as string
    const edited =
      optionalDate(fields.value('editedUnixtime'), this.#utc) ??
      optionalDate(fields.value('edited'), this.options.naive)
    if (edited !== undefined) post.edited_at = edited
    return post
  }
}

function textOf(record: RawRecord, fields: FieldFinder): string | undefined {
  const text = messageText(fields.value('text'), fields.name('text'))
  if (text !== undefined && text.trim() !== '') return text
  const caption = messageText(fields.value('caption'), fields.name('caption')) ?? nestedCaption(record)
  return caption === undefined || caption.trim() === '' ? undefined : caption
}

/** Telegram's address of a post, when the channel's username is known. */
function linkTo({channel, post_id}: SourcePost): string | undefined {
  return channel.username !== undefined && /^\d+$/u.test(post_id)
    ? `https://t.me/${channel.username}/${post_id}`
    : undefined
}
