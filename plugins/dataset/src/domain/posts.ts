import type {Message, Text} from '@ep23/sdk'
import {message} from '../words/words.js'
/** The channel a source says its posts are from: whatever of the three it knows. */
export interface SourceChannel {
  title?: string
  /** Without the `@`. */
  username?: string
  /** Telegram's bare id, as in `t.me/c/<id>`: digits, without the `-100` that clients put before it. */
  id?: string
}

/** One post of a Telegram channel, as a source holds it. Posts of one channel share one `channel` object. */
export interface SourcePost {
  channel: SourceChannel
  post_id: string
  published_at: Date
  /** Telegram Markdown as Telethon writes it: `**bold**`, `__italic__`, `~~struck~~`, `[label](url)`, code in backticks. */
  text: string
  url?: string
  title?: string
  /** The name of the chat it was forwarded from, or `channel<id>` when only the id is known. */
  forwarded_from?: string
  /** When it was edited last; absent when it never was, or the source does not say. */
  edited_at?: Date
}

/** A chat of an export that was left out because it is not a channel. */
interface SkippedChat {
  name: string
  type: string
}

/** What was met while reading. */
export interface SourceTally {
  posts: number
  /** Posts of media alone. */
  withoutText: number
  /** Messages that are no posts: pins, renamings, what the exporting client did not understand. */
  service: number
  /** Records, and ends of files, that were handed to `onInvalid`. */
  invalid: number
  /** The first of them, with its place. */
  firstInvalid?: Message
  /** Chats of an account's export that are no channels; their messages were not looked at. */
  skippedChats: SkippedChat[]
  /** Files of a folder that are in none of the formats, with the reason. */
  ignoredFiles: Array<{file: string; reason: Message}>
  /** Posts whose id was made from what they say, because the source has none. */
  madeIds: number
  /** Dates without an offset, read in the clock of `assumedClocks`; dates without a time, taken for the beginning of the day. */
  naiveDates: number
  datesWithoutTime: number
  /** `UTC` or zones. */
  assumedClocks: Set<string>
}

export function emptyTally(): SourceTally {
  return {
    ...{posts: 0, withoutText: 0, service: 0, invalid: 0, madeIds: 0, naiveDates: 0, datesWithoutTime: 0},
    skippedChats: [],
    ignoredFiles: [],
    assumedClocks: new Set(),
  }
}

/**
 * Whether two sources speak of the same channel, by the strongest thing that both know: the number, else the username, else
 * the title. Undefined when they know nothing in common.
 * @example isSameChannel({id: '7', title: 'Музей'}, {id: '7', title: 'Музей (архив)'}) // true: renamed
 */
export function isSameChannel(a: SourceChannel, b: SourceChannel): boolean | undefined {
  if (a.id !== undefined && b.id !== undefined) return a.id === b.id
  if (a.username !== undefined && b.username !== undefined) return a.username.toLowerCase() === b.username.toLowerCase()
  if (a.title !== undefined && b.title !== undefined) return a.title === b.title
  return undefined
}

/** Whether a channel is the one that a person names: by title, by `@name` or name, or by a number of any form. */
export function isNamed({id, username, title}: SourceChannel, wanted: string): boolean {
  const bare = wanted.trim().replace(/^@/u, '')
  const number = bare.replace(/^-100(?=\d{6,})|^-/u, '')
  return (
    title === wanted.trim() || username?.toLowerCase() === bare.toLowerCase() || (id !== undefined && id === number)
  )
}

/** A channel in the words of a message. */
export function channelLabel({username, title, id}: SourceChannel): Text {
  return username === undefined ? (title ?? id ?? message('unnamedChannel')) : `@${username}`
}

/**
 * Why a digest passes over a post: it is paid or promoting, has no word, copies an earlier post of the channel, or says
 * nearly the same as another of its day.
 */
const DROP_REASONS = ['advert', 'without_words', 'repeat', 'near_duplicate'] as const
export type DropReason = (typeof DROP_REASONS)[number]

/** A post made ready for reading: what a digest is written from. */
export interface CleanPost {
  post_id: string
  published_at: Date
  /** Local calendar day, `YYYY-MM-DD`. */
  day: string
  /** The author's Telegram Markdown, as the digest keeps it. */
  text: string
  /** The same without markup, invisible characters and the channel's footers; paragraphs stand on lines of their own. */
  plain: string
  title?: string
  /** Where a reader finds the post; absent for posts that exist nowhere, as synthetic ones. */
  url?: string
  /** Set on posts that no digest is written from. */
  left_out?: DropReason
}

/** The posts that a digest is written from. */
export function postsForDigest(posts: readonly CleanPost[]): CleanPost[] {
  return posts.filter(({left_out}) => left_out === undefined)
}
