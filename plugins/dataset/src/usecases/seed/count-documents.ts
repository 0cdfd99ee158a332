import {Ep23Error, EXIT, type Store, type StoredDocument} from '@ep23/sdk'

import type {ChannelName} from '../../domain/channel.js'
import type {DayWindow} from '../../domain/day-window.js'
import type {DocumentKind} from '../../domain/document-kind.js'
import {noOrigins, ORIGINS, type OriginCounts} from '../../domain/origin.js'

/** Of one channel's documents that ep23 keeps: what the team's programs wrote beside them is theirs. */
export type DocumentTotals = OriginCounts & {total: number}

/** Both counts of the double check, which are equal. */
export interface DoubleCount {
  /** Counted by the store, grouped there. */
  grouped: DocumentTotals
  /** Counted here, reading every document. */
  enumerated: DocumentTotals
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
  const filter = {[kind.channelField]: channel, created_at: {$gte: from, $lt: to}, [kind.originField]: {$in: ORIGINS}}
  const grouped = fromGroups(await documents.countBy(filter, kind.originField))
  const enumerated = {...noOrigins(), total: 0}
  for await (const document of documents.find(filter)) {
    enumerated[kind.originOf(document)] += 1
    enumerated.total += 1
  }
  if ([...ORIGINS, 'total' as const].every(name => grouped[name] === enumerated[name])) return {grouped, enumerated}
  throw countsDiffer(`${channel}: ${kind.title}`, grouped, enumerated)
}

function fromGroups(groups: ReadonlyMap<string, number>): DocumentTotals {
  const counts = {...noOrigins(), total: 0}
  for (const origin of ORIGINS) counts[origin] = groups.get(origin) ?? 0
  for (const count of groups.values()) counts.total += count
  return counts
}

function countsDiffer(label: string, grouped: DocumentTotals, enumerated: DocumentTotals): Ep23Error {
  const message = `${label}: the store counts ${JSON.stringify(grouped)}, reading them gives ${JSON.stringify(enumerated)}`
  return new Ep23Error(message, {
    code: 'DATASET_COUNTS_DIFFER',
    exit: EXIT.tryAgain,
    suggestions: ['is another process writing? wait for it and run again'],
  })
}
