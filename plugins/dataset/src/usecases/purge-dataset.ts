import {usageError, type Filter, type Store} from '@ep23/sdk'

import type {ChannelName} from '../domain/channel.js'
import type {Digest} from '../domain/digest.js'
import type {Origin} from '../domain/origin.js'
import type {ReviewReport} from '../domain/review-report.js'

export interface PurgeOptions {
  origin?: Origin
  channel?: ChannelName
  /** Documents created before this moment. */
  before?: Date
}

export interface PurgeCounts {
  digests: number
  review_reports: number
}

interface PurgeFilters {
  digests: Filter
  reviews: Filter
}

/** How many documents a purge would remove. */
export async function countPurge(store: Store, options: PurgeOptions): Promise<PurgeCounts> {
  const {digests, reviews} = purgeFilters(options)
  return {
    digests: sum(await store.collection<Digest>('digests').countBy(digests, 'channel')),
    review_reports: sum(await store.collection<ReviewReport>('review_reports').countBy(reviews, 'assignment_id')),
  }
}

/** Removes them: reports first, so that a purge cut short leaves no report without its digest. */
export async function purgeDataset(store: Store, options: PurgeOptions): Promise<PurgeCounts> {
  const {digests, reviews} = purgeFilters(options)
  const review_reports = await store.collection<ReviewReport>('review_reports').deleteMany(reviews)
  return {digests: await store.collection<Digest>('digests').deleteMany(digests), review_reports}
}

function purgeFilters({origin, channel, before}: PurgeOptions): PurgeFilters {
  if (origin === undefined && channel === undefined && before === undefined)
    throw usageError('say what to purge', ['--origin synthetic', '--channel @name', '--before YYYY-MM-DD'])
  const age: Filter = before === undefined ? {} : {created_at: {$lt: before}}
  return {
    digests: {...age, ...(channel && {channel}), ...(origin && {'metadata.origin': origin})},
    reviews: {...age, ...(channel && {assignment_id: channel}), ...(origin && {'report.metadata.origin': origin})},
  }
}

function sum(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((total, count) => total + count, 0)
}
