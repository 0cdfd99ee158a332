import {Ep23Error, EXIT, type Collection, type Filter, type Store, type StoredDocument} from '@ep23/sdk'

import type {ChannelName} from '../../domain/channel.js'
import type {DayWindow} from '../../domain/day-window.js'
import type {Digest} from '../../domain/digest.js'
import type {Origin} from '../../domain/origin.js'
import type {ReviewReport} from '../../domain/review-report.js'

export type OriginCounts = Record<Origin, number> & {total: number}

/** Both counts of the double check, which are equal. */
export interface DoubleCount {
  /** Counted by the store, grouped there. */
  grouped: OriginCounts
  /** Counted here, reading every document. */
  enumerated: OriginCounts
}

interface Kind<T extends StoredDocument> {
  documents: Collection<T>
  originField: string
  originOf: (document: T) => Origin
}

/** Counts a channel's digests of the window twice, by two different ways. */
export async function countDigests(store: Store, channel: ChannelName, window: DayWindow): Promise<DoubleCount> {
  const kind: Kind<Digest> = {
    documents: store.collection<Digest>('digests'),
    originField: 'metadata.origin',
    originOf: ({metadata}) => metadata.origin,
  }
  return countTwice(kind, {channel, ...within(window)}, `${channel}: digests`)
}

/** Counts a channel's review reports of the window twice, by two different ways. */
export async function countReviews(store: Store, channel: ChannelName, window: DayWindow): Promise<DoubleCount> {
  const kind: Kind<ReviewReport> = {
    documents: store.collection<ReviewReport>('review_reports'),
    originField: 'report.metadata.origin',
    originOf: ({report}) => report.metadata.origin,
  }
  return countTwice(kind, {assignment_id: channel, ...within(window)}, `${channel}: review reports`)
}

function within({from, to}: DayWindow): {created_at: {$gte: Date; $lt: Date}} {
  return {created_at: {$gte: from, $lt: to}}
}

async function countTwice<T extends StoredDocument>(
  {documents, originField, originOf}: Kind<T>,
  filter: Filter,
  label: string,
): Promise<DoubleCount> {
  const groups = await documents.countBy(filter, originField)
  const grouped = {
    telegram: groups.get('telegram') ?? 0,
    synthetic: groups.get('synthetic') ?? 0,
    total: [...groups.values()].reduce((sum, count) => sum + count, 0),
  }
  const enumerated = {telegram: 0, synthetic: 0, total: 0}
  for await (const document of documents.find(filter)) {
    enumerated[originOf(document)] += 1
    enumerated.total += 1
  }
  if (grouped.total === enumerated.total && grouped.telegram === enumerated.telegram) return {grouped, enumerated}
  throw new Ep23Error(
    `${label}: the store counts ${JSON.stringify(grouped)}, reading them gives ${JSON.stringify(enumerated)}`,
    {
      code: 'DATASET_COUNTS_DIFFER',
      exit: EXIT.tryAgain,
      suggestions: ['is another process writing? wait for it and run again'],
    },
  )
}
