import {usageError, type Filter, type Store} from '@ep23/sdk'

import type {ChannelName} from '../domain/channel.js'
import {digestKind, reviewKind, type DocumentKind} from '../domain/document-kind.js'
import {ORIGINS, type Origin} from '../domain/document-values.js'
import {type Writing, removeDocuments, ensureIndexes} from './change-documents.js'

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

/** How many documents a purge would remove. */
export async function countPurge(store: Store, options: PurgeOptions): Promise<PurgeCounts> {
  return {
    digests: await countKind(store, digestKind, options),
    review_reports: await countKind(store, reviewKind, options),
  }
}

/** Removes them into the history: reports first, so that a purge cut short leaves no report without its digest. */
export async function purgeDataset(writing: Writing, options: PurgeOptions): Promise<PurgeCounts> {
  await ensureIndexes(writing.store)
  const review_reports = await removeDocuments(writing, reviewKind, purgeFilter(reviewKind, options))
  return {digests: await removeDocuments(writing, digestKind, purgeFilter(digestKind, options)), review_reports}
}

async function countKind<T>(store: Store, kind: DocumentKind<T>, options: PurgeOptions): Promise<number> {
  const counts = await store.collection(kind.collection).countBy(purgeFilter(kind, options), kind.channelField)
  return [...counts.values()].reduce((total, count) => total + count, 0)
}

function purgeFilter<T>({channelField, originField}: DocumentKind<T>, {origin, channel, before}: PurgeOptions): Filter {
  if (origin === undefined && channel === undefined && before === undefined)
    throw usageError('say what to purge', ['--origin synthetic', '--channel @name', '--before YYYY-MM-DD'])
  return {
    ...(before && {created_at: {$lt: before}}),
    ...(channel && {[channelField]: channel}),
    // Documents that say no origin belong to the team's programs: ep23 removes only what it keeps.
    [originField]: origin ?? {$in: ORIGINS},
  }
}
