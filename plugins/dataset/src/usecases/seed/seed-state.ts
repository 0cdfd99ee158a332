import type {ChannelName} from '../../domain/channel.js'
import type {CleanPost} from '../../domain/clean-post.js'
import type {DayWindow} from '../../domain/day-window.js'
import type {Digest} from '../../domain/documents/digest.js'
import type {ReviewReport} from '../../domain/documents/review-report.js'
import type {SeedOptions} from '../../domain/seed-options.js'
import type {SharedPosts} from '../../domain/shared-posts.js'
import {NO_DOCUMENTS, type DocumentCounts, type Gap} from '../../domain/seed-report.js'
import {NO_RECORDS, type CollectedPosts} from './collect-posts.js'
import type {DoubleCount} from './count-documents.js'

/** One kind of a channel's documents: as the store has them, as they should be, and what became of them. */
export interface DocumentSet<T> {
  /** By id. A document that stays is in `wanted` as the same object. */
  existing: ReadonlyMap<string, T>
  wanted: T[]
  counts: DocumentCounts
  counted: DoubleCount | null
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
  digests: DocumentSet<Digest>
  reviews: DocumentSet<ReviewReport>
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
    digests: emptySet(),
    reviews: emptySet(),
  }
}

function emptySet<T>(): DocumentSet<T> {
  return {existing: new Map(), wanted: [], counts: {...NO_DOCUMENTS}, counted: null}
}
