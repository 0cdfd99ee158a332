import {usageError, type Filter, type Store, verbatim, nearest} from '@ep23/sdk'

import type {ChannelName} from '../domain/channel.js'
import {digestKind, reviewKind, type DocumentKind} from '../domain/document-kind.js'
import {ORIGINS, type Origin} from '../domain/document-values.js'
import {type Writing, removeDocuments, ensureIndexes} from './change-documents.js'
import {message} from '../words/words.js'
import {HISTORY} from './history.js'

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

/** How many documents a purge would remove. @throws Ep23Error USAGE (64) for a channel that the store has never had */
export async function countPurge(store: Store, options: PurgeOptions): Promise<PurgeCounts> {
  if (options.channel !== undefined) await assertKnown(store, options.channel)
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

// A mistyped name must not pass for a channel that is purged already.
async function assertKnown(store: Store, channel: ChannelName): Promise<void> {
  const counts = await Promise.all(
    [digestKind, reviewKind].map(async ({collection, channelField}) =>
      store.collection(collection).countBy({}, channelField),
    ),
  )
  const known = new Set(counts.flatMap(count => [...count.keys()]).map(String))
  if (known.has(channel)) return
  const [purged] = await Array.fromAsync(store.collection(HISTORY).find({channel}, {limit: 1}))
  if (purged !== undefined) return
  throw usageError(message('channelNotStored', {channel, location: store.location}), [
    ...nearest(channel, [...known], 1).map(name => message('didYouMean', {name})),
    message('seeStored'),
  ])
}

async function countKind<T>(store: Store, kind: DocumentKind<T>, options: PurgeOptions): Promise<number> {
  const counts = await store.collection(kind.collection).countBy(purgeFilter(kind, options), kind.channelField)
  return [...counts.values()].reduce((total, count) => total + count, 0)
}

function purgeFilter<T>({channelField, originField}: DocumentKind<T>, {origin, channel, before}: PurgeOptions): Filter {
  if (origin === undefined && channel === undefined && before === undefined)
    throw usageError(message('sayWhatToPurge'), [
      verbatim('--origin synthetic'),
      verbatim('--channel @name'),
      verbatim('--before YYYY-MM-DD'),
    ])
  return {
    ...(before && {created_at: {$lt: before}}),
    ...(channel && {[channelField]: channel}),
    // Documents that say no origin belong to the team's programs: ep23 removes only what it keeps.
    [originField]: origin ?? {$in: ORIGINS},
  }
}
