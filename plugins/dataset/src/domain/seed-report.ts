import {noOrigins, type OriginCounts} from './documents/origin.js'

/** What a seed did to one kind of document of one channel, and what the store holds of it in the window afterwards. */
export interface DocumentCounts extends OriginCounts {
  inserted: number
  updated: number
  unchanged: number
  removed: number
  total: number
}

/** A day of the window whose posts are too little for a digest. */
export interface Gap {
  day: string
  reason: string
}

export interface ChannelSeed {
  channel: string
  /** Records with text in the channel's sources, before the window and cleaning. */
  posts_read: number
  /** Posts of the window that cleaning dropped, by reason. */
  posts_dropped: Readonly<Record<string, number>>
  days_with_posts: number
  gaps: Gap[]
  /** Days that the team's own digests fill: nothing was written beside them. */
  team_days: string[]
  digests: DocumentCounts
  review_reports: DocumentCounts
}

export interface SeedWindow {
  from: string
  to: string
  days: number
  time_zone: string
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
  totals: {posts_read: number; gaps: number; digests: DocumentCounts; review_reports: DocumentCounts}
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
