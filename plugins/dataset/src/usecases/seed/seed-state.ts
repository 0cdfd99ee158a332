import type {ChannelName} from '../../domain/channel.js'
import type {CleanPost} from '../../domain/clean-post.js'
import type {DayWindow} from '../../domain/day-window.js'
import type {Digest} from '../../domain/digest.js'
import type {ReviewReport} from '../../domain/review-report.js'
import type {DocumentCounts, Gap} from '../../domain/seed-report.js'
import type {CollectedPosts} from './collect-posts.js'
import type {DoubleCount} from './count-documents.js'

/** What stands in the store already, by id. */
export interface ExistingDocuments {
  digests: ReadonlyMap<string, Digest>
  reviews: ReadonlyMap<string, ReviewReport>
}

/** One channel on its way through the steps. */
export interface ChannelState {
  name: ChannelName
  collected: CollectedPosts
  /** Clean posts by local day; days without posts are absent. */
  cleanByDay: ReadonlyMap<string, readonly CleanPost[]>
  dropped: Readonly<Record<string, number>>
  gaps: Gap[]
  existing: ExistingDocuments
  digests: Digest[]
  reviews: ReviewReport[]
  digestCounts: DocumentCounts
  reviewCounts: DocumentCounts
  counted?: {digests: DoubleCount; reviews: DoubleCount}
}

/** The whole run, filled step by step. */
export interface SeedState {
  window: DayWindow
  channels: ChannelState[]
  snapshotPath: string | null
}
