import type {Store} from '@ep23/sdk'

import type {ChannelName} from '../../domain/channel.js'
import type {DayWindow} from '../../domain/day-window.js'
import type {Digest} from '../../domain/digest.js'
import type {ReviewReport} from '../../domain/review-report.js'
import type {ExistingDocuments} from './seed-state.js'

/** A channel's documents of the window as they stand in the store. */
export async function readExisting(
  store: Store,
  channel: ChannelName,
  {from, to}: DayWindow,
): Promise<ExistingDocuments> {
  const created_at = {$gte: from, $lt: to}
  const digests = new Map<string, Digest>()
  for await (const digest of store.collection<Digest>('digests').find({channel, created_at}))
    digests.set(digest.digest_id, digest)
  const reviews = new Map<string, ReviewReport>()
  for await (const review of store
    .collection<ReviewReport>('review_reports')
    .find({assignment_id: channel, created_at}))
    reviews.set(review.report_id, review)
  return {digests, reviews}
}
