import {Ep23Error, EXIT, type Store, type StoredDocument} from '@ep23/sdk'

import type {ChannelName} from '../domain/channel.js'
import type {DayWindow} from '../domain/day-window.js'
import {digestKind, reviewKind, type DocumentKind} from '../domain/document-kind.js'
import {noOrigins, type Origin, ORIGINS} from '../domain/document-values.js'
import type {OriginTotals} from './audit-report.js'
import type {SeededChannel} from './channel-stages.js'
import {message as say} from '../words/words.js'

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

/** Channels that are counted together. */
const TOGETHER = 200

/** Counts what the store holds now. @throws Ep23Error DATASET_COUNTS_DIFFER (75) */
export async function countStored(
  store: Store,
  channels: readonly SeededChannel[],
  window: DayWindow,
): Promise<CountedChannel[]> {
  const counted: CountedChannel[] = []
  for (let from = 0; from < channels.length; from += TOGETHER) {
    const group = channels.slice(from, from + TOGETHER)
    const names = group.map(({name}) => name)
    const digests = await countTwice(store, digestKind, names, window)
    const reviews = await countTwice(store, reviewKind, names, window)
    counted.push(...group.map(channel => withCounts(channel, digests(channel.name), reviews(channel.name))))
  }
  return counted
}

function withCounts(channel: SeededChannel, digests: DoubleCount, review_reports: DoubleCount): CountedChannel {
  return {
    ...channel,
    digests: {...channel.digests, ...digests.grouped},
    review_reports: {...channel.review_reports, ...review_reports.grouped},
    double_check: {digests, review_reports},
  }
}

/**
 * Counts documents of the window twice, by two different ways.
 * @returns what gives the counts of one of the channels; it throws Ep23Error DATASET_COUNTS_DIFFER (75)
 */
async function countTwice<T extends StoredDocument>(
  store: Store,
  kind: DocumentKind<T>,
  channels: readonly ChannelName[],
  {from, to}: DayWindow,
): Promise<(channel: ChannelName) => DoubleCount> {
  const documents = store.collection<T>(kind.collection)
  const filter = {[kind.channelField]: {$in: [...channels]}, created_at: {$gte: from, $lt: to}}
  const [grouped, enumerated] = [new ChannelCounts(), new ChannelCounts()]
  for (const origin of ORIGINS)
    for (const [channel, count] of await documents.countBy({...filter, [kind.originField]: origin}, kind.channelField))
      grouped.add(channel, origin, count)
  for await (const document of documents.find({...filter, [kind.originField]: {$in: ORIGINS}}))
    enumerated.add(kind.channelOf(document), kind.originOf(document), 1)
  return channel =>
    bothEqual(`${channel}: ${kind.title}`, {grouped: grouped.of(channel), enumerated: enumerated.of(channel)})
}

class ChannelCounts {
  readonly #counts = new Map<string, OriginTotals>()

  add(channel: string, origin: Origin, count: number): void {
    const counts = this.of(channel)
    counts[origin] += count
    counts.total += count
    this.#counts.set(channel, counts)
  }

  of(channel: string): OriginTotals {
    return this.#counts.get(channel) ?? {...noOrigins(), total: 0}
  }
}

function bothEqual(label: string, counts: DoubleCount): DoubleCount {
  const {grouped, enumerated} = counts
  if ([...ORIGINS, 'total' as const].every(name => grouped[name] === enumerated[name])) return counts
  throw countsDiffer(label, grouped, enumerated)
}

function countsDiffer(label: string, grouped: OriginTotals, enumerated: OriginTotals): Ep23Error {
  const counts = {label, grouped: JSON.stringify(grouped), enumerated: JSON.stringify(enumerated)}
  return new Ep23Error(say('countsDiffer', counts), {
    code: 'DATASET_COUNTS_DIFFER',
    exit: EXIT.tryAgain,
    suggestions: [say('isOtherWriting')],
  })
}
