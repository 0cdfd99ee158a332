import type {SeedWindow} from '../domain/day-window.js'
import {noOrigins, type OriginCounts} from '../domain/document-values.js'
import type {SharedPosts} from './shared-posts.js'
import type {WrittenBy} from '../domain/provenance.js'
import type {Message} from '@ep23/sdk'

/** What a seed did to one kind of document of one channel, and what the store holds of it in the window afterwards. */
export interface DocumentCounts extends OriginCounts {
  inserted: number
  updated: number
  /** The same as stored, or kept because the stored one is worth more. */
  unchanged: number
  removed: number
  total: number
}

/** A day of the window whose posts are too little for a digest. */
export interface Gap {
  day: string
  reason: Message
}

/** The records of a channel's sources, by what became of them. */
export interface RecordCounts {
  /** Posts with text of the channel in its sources, in the window or not, with every version of each. */
  posts: number
  outside_window: number
  /** The same post again, and an older version of one that was edited. */
  repeated: number
  replaced: number
  /** Posts of other channels in the same files. */
  other_channels: number
  /** Media alone. */
  without_text: number
  service: number
  invalid: number
  /** Posts whose id was made, because the source has none. */
  made_ids: number
}

/** A day whose stored digest stays, though another was offered. */
export interface KeptDay {
  day: string
  /** Who wrote the stored digest, and from how many posts. */
  written_by: WrittenBy
  posts: number
  reason: Message
}

/** A day whose digest could not be had: a model's answer was unusable, or its server failed. */
export interface UnwrittenDay {
  day: string
  reason: Message
}

export interface ChannelSeed {
  channel: string
  /** Posts of the window, before cleaning. */
  posts_read: number
  records: RecordCounts
  /** Posts of the window that cleaning dropped, by reason. */
  posts_dropped: Readonly<Record<string, number>>
  days_with_posts: number
  gaps: readonly Gap[]
  /** Days that the team's own digests fill: nothing was written beside them. */
  team_days: string[]
  kept: readonly KeptDay[]
  unwritten: readonly UnwrittenDay[]
  digests: DocumentCounts
  review_reports: DocumentCounts
}

/** The `data` of `dataset:seed --json`. */
export interface SeedReport {
  window: SeedWindow
  store: string
  /** True when nothing was written: the counts say what would be done. */
  plan: boolean
  snapshot_path: string | null
  quarantine_path: string | null
  channels: ChannelSeed[]
  shared_posts: SharedPosts[]
  totals: {
    posts_read: number
    gaps: number
    kept: number
    unwritten: number
    digests: DocumentCounts
    review_reports: DocumentCounts
  }
}

export const NO_DOCUMENTS: DocumentCounts = {
  inserted: 0,
  updated: 0,
  unchanged: 0,
  removed: 0,
  total: 0,
  ...noOrigins(),
}

/** Sums counts field by field. */
export function sumCounts(all: readonly DocumentCounts[]): DocumentCounts {
  const sum = {...NO_DOCUMENTS}
  for (const counts of all) for (const key of Object.keys(sum) as (keyof DocumentCounts)[]) sum[key] += counts[key]
  return sum
}
