import {Ep23Error, EXIT, type Store, type StoredDocument} from '@ep23/sdk'

import type {ChannelName} from '../../domain/channel.js'
import type {DayWindow} from '../../domain/day-window.js'
import type {DocumentKind} from '../../domain/documents/document-kind.js'
import type {Origin} from '../../domain/documents/origin.js'

export type OriginCounts = Record<Origin, number> & {total: number}

/** Both counts of the double check, which are equal. */
export interface DoubleCount {
  /** Counted by the store, grouped there. */
  grouped: OriginCounts
  /** Counted here, reading every document. */
  enumerated: OriginCounts
}

/**
 * Counts a channel's documents of the window twice, by two different ways.
 * @throws Ep23Error DATASET_COUNTS_DIFFER (75)
 */
export async function countTwice<T extends StoredDocument>(
  store: Store,
  kind: DocumentKind<T>,
  channel: ChannelName,
  {from, to}: DayWindow,
): Promise<DoubleCount> {
  const documents = store.collection<T>(kind.collection)
  const filter = {[kind.channelField]: channel, created_at: {$gte: from, $lt: to}}
  const grouped = fromGroups(await documents.countBy(filter, kind.originField))
  const enumerated = {telegram: 0, synthetic: 0, total: 0}
  for await (const document of documents.find(filter)) {
    enumerated[kind.originOf(document)] += 1
    enumerated.total += 1
  }
  if (grouped.total === enumerated.total && grouped.telegram === enumerated.telegram) return {grouped, enumerated}
  throw countsDiffer(`${channel}: ${kind.title}`, grouped, enumerated)
}

function fromGroups(groups: ReadonlyMap<string, number>): OriginCounts {
  const total = [...groups.values()].reduce((sum, count) => sum + count, 0)
  return {telegram: groups.get('telegram') ?? 0, synthetic: groups.get('synthetic') ?? 0, total}
}

function countsDiffer(label: string, grouped: OriginCounts, enumerated: OriginCounts): Ep23Error {
  const message = `${label}: the store counts ${JSON.stringify(grouped)}, reading them gives ${JSON.stringify(enumerated)}`
  return new Ep23Error(message, {
    code: 'DATASET_COUNTS_DIFFER',
    exit: EXIT.tryAgain,
    suggestions: ['is another process writing? wait for it and run again'],
  })
}
