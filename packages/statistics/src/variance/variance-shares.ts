import {seededRandom} from '../inference/random.js'
import {type BootstrapOptions, DEFAULT_RESAMPLES} from '../intervals/bootstrap.js'
import {DEFAULT_CONFIDENCE} from '../intervals/interval.js'
import {percentileBounds} from '../intervals/replicate-bounds.js'
import {type Measurement, requireCount, requireFraction} from '../measurement.js'
import {type Components, itemSums, type ItemSums, nestedComponents, type RepeatedScores} from './nested-anova.js'

export interface VarianceShare {
  /** Of the variance of a single judgement, 0 … 1. Undefined where the repeats do not show it or nothing varies at all. */
  estimate: Measurement
  /** Undefined for fewer than two items. */
  low: Measurement
  high: Measurement
}

export type VarianceShares = Record<keyof Components, VarianceShare> & {confidence: number; resamples: number}

const PARTS = ['item', 'answer', 'judge'] as const

/** Items times resamples that an interval may cost: some tenths of a second. */
const MOST_VISITS = 10_000_000
const FEWEST_RESAMPLES = 1000

/**
 * Shares of item, answer and judge in the variance of one judgement (components of `varianceSplit`, negative ones as 0), with
 * percentile intervals over resampled items. They cover a little less than they say when there are few items. Large runs
 * are resampled less often (at least 1,000 times): their intervals are narrow anyway.
 */
export function varianceShares(scores: RepeatedScores, options: BootstrapOptions): VarianceShares {
  const {confidence = DEFAULT_CONFIDENCE} = options
  requireFraction(confidence, 'confidence')
  const sums = itemSums(scores)
  const resamples = resamplesFor(sums.items, options)
  const estimate = sums.items > 0 ? sharesOf(nestedComponents(sums)) : {}
  const replicates = sums.items > 1 ? resampledShares(sums, options.seed, resamples) : undefined
  const shares = PARTS.map(part => {
    const values = Float64Array.from(replicates?.[part] ?? []).sort()
    const known = estimate[part] !== undefined && values.length > 0
    const bounds = known ? percentileBounds(values, confidence) : {low: undefined, high: undefined}
    return [part, {estimate: estimate[part], ...bounds}] as const
  })
  return {...(Object.fromEntries(shares) as Record<keyof Components, VarianceShare>), confidence, resamples}
}

function resamplesFor(items: number, {resamples = DEFAULT_RESAMPLES}: BootstrapOptions): number {
  requireCount(resamples, 'resamples')
  const affordable = Math.floor(MOST_VISITS / Math.max(1, items))
  return Math.min(resamples, Math.max(FEWEST_RESAMPLES, affordable))
}

function resampledShares(sums: ItemSums, seed: number, resamples: number): Record<string, number[]> {
  const random = seededRandom(seed)
  const places = new Int32Array(sums.items)
  const values: Record<keyof Components, number[]> = {item: [], answer: [], judge: []}
  for (let resample = 0; resample < resamples; resample++) {
    for (let i = 0; i < places.length; i++) places[i] = random.below(sums.items)
    const shares = sharesOf(nestedComponents(sums, places))
    for (const part of PARTS) if (shares[part] !== undefined) values[part].push(shares[part])
  }
  return values
}

function sharesOf({item, answer, judge}: Components): Partial<Record<keyof Components, number>> {
  const known = {
    ...(item !== undefined && {item: Math.max(0, item)}),
    ...(answer !== undefined && {answer: Math.max(0, answer)}),
    ...(judge !== undefined && {judge}),
  }
  const total = (known.item ?? 0) + (known.answer ?? 0) + (known.judge ?? 0)
  if (known.item === undefined || total === 0) return {}
  return Object.fromEntries(Object.entries(known).map(([part, variance]) => [part, variance / total]))
}
