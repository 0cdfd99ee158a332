import {ownField} from '@ep23/sdk'
import type {ComparedSample, Pairing} from '../../domain/comparison.js'
import type {SampleLine} from '../../domain/sample-line.js'
import type {SampleSummary} from '../../domain/view-data.js'
import {alignSamples, sampleDay, toComparedSamples} from '../compare/align-samples.js'

/** A sample in the list of the page: numbers by the order of the scenario's scores, null where not measured. */
export interface SampleRow extends Omit<SampleSummary, 'latency' | 'beginning'> {
  /** Whether its texts are in the page. */
  detailed: boolean
}

interface Shown {
  details: number
  before: readonly ComparedSample[] | undefined
  pairing: Pairing | undefined
}

/**
 * One row a sample, in the order of the run. When there are more than `details`, texts are kept for those that need a look:
 * unmeasured ones, the lowest means, and the largest changes.
 */
export async function sampleRows(
  lines: AsyncIterable<SampleLine>,
  scores: readonly string[],
  {details, before, pairing}: Shown,
): Promise<SampleRow[]> {
  const samples = toComparedSamples(await Array.fromAsync(lines, withoutEvidence), new Map())
  const counterparts = counterpartsOf(samples, before ?? [], pairing)
  const rows = samples.map((sample, index) => {
    const {sample_id, channel, origin} = sample
    const counterpart = counterparts.get(sample_id)
    return {
      ...{index, sample_id, channel, origin},
      day: sampleDay(sample),
      scores: numbers(sample, scores),
      ...(counterpart && {before: numbers(counterpart, scores)}),
      detailed: samples.length <= details,
    }
  })
  if (rows.length > details) for (const row of neediest(rows, details)) row.detailed = true
  return rows
}

// Days are paired by their order; otherwise the pair has the same id, and what it was made of is the comparison's affair.
function counterpartsOf(
  samples: readonly ComparedSample[],
  before: readonly ComparedSample[],
  pairing: Pairing | undefined,
): Map<string, ComparedSample> {
  if (pairing !== 'day') return new Map(before.map(sample => [sample.sample_id, sample]))
  return new Map(alignSamples(before, samples, 'day').pairs.map(pair => [pair.after.sample_id, pair.before]))
}

// Quotes of a long run would fill the memory, and rows do not show them.
function withoutEvidence({sample_id, channel, origin, timestamp, sample_sha256, scores, latency_seconds}: SampleLine) {
  const values = Object.entries(scores).map(([name, score]) => [
    name,
    'value' in score ? {value: score.value} : {unmeasured: score.unmeasured},
  ])
  const bare = Object.fromEntries(values) as SampleLine['scores']
  return {sample_id, channel, origin, timestamp, sample_sha256, latency_seconds, scores: bare}
}

function numbers(sample: ComparedSample, scores: readonly string[]): (number | null)[] {
  return scores.map(name => ownField(sample.scores, name) ?? null)
}

function neediest<R extends SampleRow>(rows: readonly R[], count: number): R[] {
  return rows.toSorted((a, b) => need(b) - need(a)).slice(0, count)
}

function need({scores, before}: SampleRow): number {
  if (scores.includes(null)) return Infinity
  const changes = scores.map((score, i) => Math.abs((score ?? 0) - (before?.[i] ?? score ?? 0)))
  return Math.max(1 - average(scores), ...changes)
}

function average(scores: readonly (number | null)[]): number {
  return scores.reduce<number>((sum, score) => sum + (score ?? 0), 0) / Math.max(1, scores.length)
}
