import {Ep23Error, EXIT, type Store, type StoredDocument} from '@ep23/sdk'

import type {ChannelName} from '../domain/channel.js'
import type {DayWindow} from '../domain/day-window.js'
import {digestKind, reviewKind, type DocumentKind} from '../domain/document-kind.js'
import {noOrigins, ORIGINS} from '../domain/document-values.js'
import type {OriginTotals} from './audit-report.js'
import type {SeededChannel} from './channel-stages.js'

/** Both counts of the double check, which are equal; of the documents that ep23 keeps, without those of the team's programs. */
export interface DoubleCount {
  /** Counted by the store, grouped there. */
  grouped: OriginTotals
  /** Counted here, reading every document. */
  enumerated: OriginTotals
}

/** A channel whose totals were counted in the store. */
export interface CountedChannel extends SeededChannel {
  double_check: {digests: DoubleCount; review_reports: DoubleCount}
}

/** Counts what the store holds now. @throws Ep23Error DATASET_COUNTS_DIFFER (75) */
export async function countStored(
  store: Store,
  channels: readonly SeededChannel[],
  window: DayWindow,
): Promise<CountedChannel[]> {
  const counted: CountedChannel[] = []
  for (const channel of channels) {
    const digests = await countTwice(store, digestKind, channel.name, window)
    const review_reports = await countTwice(store, reviewKind, channel.name, window)
    counted.push({
      ...channel,
      digests: {...channel.digests, ...digests.grouped},
      review_reports: {...channel.review_reports, ...review_reports.grouped},
      double_check: {digests, review_reports},
    })
  }
  return counted
}

/**
 * Counts a channel's documents of the window twice, by two different ways.
 * @throws Ep23Error DATASET_COUNTS_DIFFER (75)
 */
async function countTwice<T extends StoredDocument>(
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

function fromGroups(groups: ReadonlyMap<string, number>): OriginTotals {
  const counts = {...noOrigins(), total: 0}
  for (const origin of ORIGINS) counts[origin] = groups.get(origin) ?? 0
  for (const count of groups.values()) counts.total += count
  return counts
}

function countsDiffer(label: string, grouped: OriginTotals, enumerated: OriginTotals): Ep23Error {
  const message = `${label}: the store counts ${JSON.stringify(grouped)}, reading them gives ${JSON.stringify(enumerated)}`
  return new Ep23Error(message, {
    code: 'DATASET_COUNTS_DIFFER',
    exit: EXIT.tryAgain,
    suggestions: ['is another process writing? wait for it and run again'],
  })
}
