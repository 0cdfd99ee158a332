import {isMeasured, ownField} from '@ep23/sdk'
import {mean} from '@ep23/statistics'

import type {ComparedSample, Pairing} from '../../domain/comparison.js'
import type {SampleLine} from '../../domain/sample-line.js'

export interface AlignedSamples {
  pairs: readonly {before: ComparedSample; after: ComparedSample}[]
  onlyBefore: readonly ComparedSample[]
  onlyAfter: readonly ComparedSample[]
}

const DAY = 86_400_000

/**
 * Finds each sample's counterpart. With `source`, samples of one id whose source texts differ are no pair and count as being in
 * one run only. No sample is in two pairs, so that `after` and `before` may be exchanged. Pairs stand in the order of `after`.
 */
export function alignSamples(
  before: readonly ComparedSample[],
  after: readonly ComparedSample[],
  pairing: Pairing,
): AlignedSamples {
  const [keyBefore, keyAfter] = [keyOf(before, pairing), keyOf(after, pairing)]
  const known = new Map(before.map(sample => [keyBefore(sample), sample]))
  const pairs = after.flatMap(sample => {
    const counterpart = known.get(keyAfter(sample))
    return counterpart ? [{before: counterpart, after: sample}] : []
  })
  const [pairedBefore, pairedAfter] = [new Set(pairs.map(pair => pair.before)), new Set(pairs.map(pair => pair.after))]
  return {
    pairs,
    onlyBefore: before.filter(sample => !pairedBefore.has(sample)),
    onlyAfter: after.filter(sample => !pairedAfter.has(sample)),
  }
}

function keyOf(samples: readonly ComparedSample[], pairing: Pairing): (sample: ComparedSample) => string {
  if (pairing === 'sample') return ({sample_id, sample_sha256}) => `${sample_id} ${sample_sha256}`
  if (pairing === 'source') return ({sample_id, source_sha256}) => `${sample_id} ${source_sha256 ?? ''}`
  const keys = dayKeys(samples)
  return sample => keys.get(sample) ?? ''
}

/** Digests of one day stand in the order of their times: the first pairs with the first, and none with two. */
function dayKeys(samples: readonly ComparedSample[]): Map<ComparedSample, string> {
  const first = samples.reduce((least, sample) => Math.min(least, dayNumber(sample)), Infinity)
  const days = Map.groupBy(samples, sample => `${sample.origin} ${sample.channel} ${dayNumber(sample) - first}`)
  return new Map(
    [...days].flatMap(([day, own]) =>
      own.toSorted(byTime).map((sample, place) => [sample, `${day} ${place}`] as const),
    ),
  )
}

function byTime(a: ComparedSample, b: ComparedSample): number {
  const apart = Date.parse(a.timestamp) - Date.parse(b.timestamp)
  return apart === 0 ? Number(a.sample_id > b.sample_id) - Number(a.sample_id < b.sample_id) : apart
}

function dayNumber(sample: ComparedSample): number {
  return Math.round(Date.parse(`${sampleDay(sample)}T00:00:00Z`) / DAY)
}

/** The calendar day that a sample is about: that of its id, which knows the time zone of the dataset. */
export function sampleDay({sample_id, timestamp}: Pick<ComparedSample, 'sample_id' | 'timestamp'>): string {
  return /\d{4}-\d{2}-\d{2}$/u.exec(sample_id)?.[0] ?? timestamp.slice(0, 10)
}

/** What a comparison needs of a sample's line; baselines hold no more. */
type JudgedLine = Pick<
  SampleLine,
  'sample_id' | 'channel' | 'origin' | 'timestamp' | 'sample_sha256' | 'scores' | 'latency_seconds'
>

/**
 * One sample for all its lines (answers and repeats): each score is the mean of what was measured, undefined when nothing was.
 * @param sourceHashes SHA-256 of the source text by sample id
 */
export function toComparedSamples(
  lines: Iterable<JudgedLine>,
  sourceHashes: ReadonlyMap<string, string>,
): ComparedSample[] {
  const groups = Map.groupBy(lines, ({sample_id}) => sample_id)
  return [...groups].flatMap(([id, group]) =>
    group.slice(0, 1).map(line => ({
      ...identityOf(line),
      source_sha256: sourceHashes.get(id) ?? null,
      scores: meanScores(group),
      latency_seconds: meanOf(group.map(({latency_seconds}) => latency_seconds)),
    })),
  )
}

function identityOf({sample_id, channel, origin, timestamp, sample_sha256}: JudgedLine) {
  return {sample_id, channel, origin, timestamp, sample_sha256}
}

function meanScores(lines: readonly JudgedLine[]): Record<string, number | undefined> {
  const names = Object.keys(lines[0]?.scores ?? {})
  return Object.fromEntries(names.map(name => [name, meanOf(lines.map(line => valueOf(line, name)))]))
}

function valueOf({scores}: JudgedLine, name: string): number | null {
  const score = ownField(scores, name)
  return isMeasured(score) ? score.value : null
}

function meanOf(values: readonly (number | null)[]): number | undefined {
  const measured = values.filter(value => value !== null)
  return measured.length === 0 ? undefined : mean(measured)
}
