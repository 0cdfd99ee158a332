import {ownField} from '@ep23/sdk'

import type {ComparedSample} from '../../domain/comparison.js'
import type {RunView} from '../../domain/run-view.js'
import type {SampleLine} from '../../domain/sample-line.js'
import type {SampleSummary} from '../../domain/view-data.js'
import {sampleDay, toComparedSamples} from '../compare/align-samples.js'
import {groupedBySample} from '../view/judged-samples.js'

/** What a page of one file has room for. */
export interface Room {
  /** At most so many samples with their texts, and so many in the list. */
  details: number
  listed: number
}

/** Samples by their place in the run, from 0. */
export interface ChosenSamples {
  samples: number
  days: RunView['days']
  isListed: (index: number) => boolean
  hasTexts: (index: number) => boolean
}

/** By the order of the scenario's scores, null where not measured. */
type Scores = Pick<SampleSummary, 'scores' | 'before'>

/**
 * Where there are too many samples, those that need a look: unmeasured ones, the lowest means, and the largest changes. Takes the
 * lines one by one; memory grows by eight bytes a sample.
 */
export async function chooseSamples(
  lines: AsyncIterable<SampleLine>,
  scoresOf: (lines: readonly SampleLine[]) => Scores,
  {details, listed}: Room,
): Promise<ChosenSamples> {
  const needs: number[] = []
  const days = {from: '', to: ''}
  for await (const sample of groupedBySample(lines)) {
    needs.push(need(scoresOf(sample)))
    const day = sample[0] ? sampleDay(sample[0]) : ''
    if (days.from === '' || day < days.from) days.from = day
    if (day > days.to) days.to = day
  }
  return {
    samples: needs.length,
    days: needs.length === 0 ? null : days,
    isListed: largest(needs, listed),
    hasTexts: largest(needs, Math.min(details, listed)),
  }
}

/** The scores of a sample as rows have them, from its lines. @param counterparts of the run that it is compared with, by sample id */
export function rowScores(
  names: readonly string[],
  counterparts: ReadonlyMap<string, ComparedSample>,
): (lines: readonly SampleLine[]) => Scores {
  const numbers = (sample: ComparedSample): (number | null)[] =>
    names.map(name => ownField(sample.scores, name) ?? null)
  return lines => {
    const [sample] = toComparedSamples(lines, new Map())
    if (!sample) return {scores: []}
    const counterpart = counterparts.get(sample.sample_id)
    return {scores: numbers(sample), ...(counterpart && {before: numbers(counterpart)})}
  }
}

/** Whether a place is among those of the largest values, of equal ones the first. */
function largest(values: readonly number[], count: number): (place: number) => boolean {
  if (values.length <= count) return place => place < values.length
  const least = Float64Array.from(values).sort().at(-count) ?? Infinity
  let equal = count - values.reduce((above, value) => above + (value > least ? 1 : 0), 0)
  const taken = Uint8Array.from(values, value => Number(value > least || (value === least && equal-- > 0)))
  return place => taken[place] === 1
}

function need({scores, before}: Scores): number {
  if (scores.includes(null)) return Infinity
  const changes = scores.map((score, i) => Math.abs((score ?? 0) - (before?.[i] ?? score ?? 0)))
  return Math.max(1 - average(scores), ...changes)
}

function average(scores: readonly (number | null)[]): number {
  return scores.reduce<number>((sum, score) => sum + (score ?? 0), 0) / Math.max(1, scores.length)
}
