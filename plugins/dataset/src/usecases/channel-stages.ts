import type {ChannelName} from '../domain/channel.js'
import type {Digest} from '../domain/digest.js'
import type {CleanPost, SourcePost} from '../domain/posts.js'
import type {Origin} from '../domain/document-values.js'
import type {DayDocuments, WrittenDays} from './write-days.js'
import type {DaySource} from './build-digest.js'
import type {SourceUse} from './own-posts.js'
import type {DocumentCounts, Gap, KeptDay, RecordCounts, UnwrittenDay} from './seed-report.js'
import type {Spooled} from '../domain/spool.js'

// What is known of one channel after each step; a step takes a channel of one stage and returns it at the next.

export interface CollectedPosts {
  /** Records of all sources of the channel, by what became of them. */
  records: RecordCounts
  /** Posts of the window by local day. */
  byDay: Map<string, SourcePost[]>
  uses: SourceUse[]
}

export interface ReadChannel {
  name: ChannelName
  collected: Omit<CollectedPosts, 'byDay'>
  byDay: Spooled<CollectedPosts['byDay']>
  /** Hashes of the posts with their numbers. */
  posts: ReadonlySet<string>
}

export interface CleanChannel {
  name: ChannelName
  collected: Omit<CollectedPosts, 'byDay'> & {posts: number; daysWithPosts: number}
  /** Clean posts by local day; days without posts are absent. */
  cleanByDay: ReadonlyMap<string, Spooled<readonly CleanPost[]>>
  dropped: Readonly<Record<string, number>>
  gaps: readonly Gap[]
}

/** Posts of a stored day beside those that a source gives for it. */
export interface ComparedPosts {
  same: number
  /** As many as could be the same. */
  of: number
}

/** A day of the window and what is to be done about its digest. */
export interface PlannedDay {
  source: DaySource
  /** Of the stored digest, if there is one. */
  storedOrigin?: Origin
  /** Why nothing is written: the stored digest is the same, or worth more; absent when a digest is to be written. */
  stays?: 'unchanged' | 'kept'
  /** Of a stored digest that is worth more. */
  kept?: KeptDay
  hasReview: boolean
  /** Where the posts of the stored digest were read from Telegram, as the source's are. */
  compared?: ComparedPosts
  /** The stored digest, where it stays and wants a review. */
  unreviewed?: Digest
}

export interface PlannedChannel extends CleanChannel {
  /** Days that the team's own digests fill; they are no gaps. */
  teamDays: ReadonlySet<string>
  /** The days of the window that are not the team's, oldest first. */
  days: readonly PlannedDay[]
}

export interface BuiltChannel extends PlannedChannel {
  /** Built and not written yet. */
  ready: readonly Spooled<DayDocuments>[]
  /** What the store confirmed of digests that were stored as they came. */
  written: WrittenDays
  /** Digests stored in this run, without a review of their own yet. */
  unreviewed: readonly Digest[]
  unwritten: readonly UnwrittenDay[]
}

export interface ReviewedChannel extends BuiltChannel {
  /** Reviews that stay as they are stored. */
  reviewsUnchanged: number
}

/** What a run did to a channel's documents, or with `--plan` would do. */
export interface SeededChannel extends PlannedChannel {
  kept: readonly KeptDay[]
  unwritten: readonly UnwrittenDay[]
  digests: DocumentCounts
  review_reports: DocumentCounts
}
