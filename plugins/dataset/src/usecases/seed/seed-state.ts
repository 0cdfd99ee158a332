import type {ChannelName} from '../../domain/channel.js'
import type {CleanPost} from '../../domain/posts.js'
import type {DayWindow} from '../../domain/day-window.js'
import type {Digest} from '../../domain/digest.js'
import type {ReviewReport} from '../../domain/review-report.js'
import type {SeedOptions} from './seed-options.js'
import type {SharedPosts} from '../audit/shared-posts.js'
import {NO_DOCUMENTS, type DocumentCounts, type Gap, type KeptDay, type UnwrittenDay} from './seed-report.js'
import type {DayDocuments} from '../documents/write-days.js'
import type {DaySource} from './build-days.js'
import {NO_RECORDS, type CollectedPosts} from './collect-posts.js'
import type {DoubleCount} from './count-documents.js'

/** What became of one kind of a channel's documents. */
export interface DocumentSet {
  counts: DocumentCounts
  counted: DoubleCount | null
}

/** A day of the window and what is to be done about its digest. */
export interface PlannedDay {
  source: DaySource
  /** The stored digest. */
  stored?: Digest
  /** Why nothing is written: the stored digest is the same, or worth more; absent when a digest is to be written. */
  stays?: 'unchanged' | 'kept'
  /** Why it is kept. */
  reason?: string
}

/** One channel on its way through the steps. */
export interface ChannelState {
  name: ChannelName
  collected: CollectedPosts
  /** Clean posts by local day; days without posts are absent. */
  cleanByDay: ReadonlyMap<string, readonly CleanPost[]>
  dropped: Readonly<Record<string, number>>
  gaps: Gap[]
  /** Days that the team's own digests fill. */
  teamDays: ReadonlySet<string>
  /** The days of the window that are not the team's, oldest first. */
  days: PlannedDay[]
  storedReviews: ReadonlyMap<string, ReviewReport>
  /** Built and not written yet. */
  ready: DayDocuments[]
  /** Stored in this run, without a review of their own yet. */
  unreviewed: Digest[]
  kept: KeptDay[]
  unwritten: UnwrittenDay[]
  digests: DocumentSet
  reviews: DocumentSet
}

/** The whole run, filled step by step. */
export interface SeedState {
  window: DayWindow
  channels: ChannelState[]
  sharedPosts: SharedPosts[]
  snapshotPath: string | null
}

/** Before the first step: every channel, nothing known of it. */
export function emptyState({channels}: SeedOptions): SeedState {
  return {
    window: NO_WINDOW,
    channels: channels.map(({name}) => emptyChannel(name)),
    sharedPosts: [],
    snapshotPath: null,
  }
}

// Replaced by the first step, which every later one comes after.
const NO_WINDOW: DayWindow = {from: new Date(0), to: new Date(0), days: [], zone: 'UTC'}

function emptyChannel(name: ChannelName): ChannelState {
  return {
    name,
    collected: {records: NO_RECORDS, byDay: new Map(), uses: []},
    cleanByDay: new Map(),
    dropped: {},
    gaps: [],
    teamDays: new Set(),
    days: [],
    storedReviews: new Map(),
    ready: [],
    unreviewed: [],
    kept: [],
    unwritten: [],
    digests: emptySet(),
    reviews: emptySet(),
  }
}

function emptySet(): DocumentSet {
  return {counts: {...NO_DOCUMENTS}, counted: null}
}
