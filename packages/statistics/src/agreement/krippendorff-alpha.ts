import {differenceAt} from '../inference/places.js'
import type {Measurement} from '../measurement.js'
import type {Label} from './confusion-table.js'
import {labelCounts, type Ratings} from './ratings.js'

/** Squared difference of two values, given as places in the ascending list of values. */
type Distance = (a: number, b: number) => number

/**
 * Krippendorff's alpha (2004, 2011) from the coincidence matrix: any number of raters, missing ratings allowed, units with a
 * single rating left out. 1 is full agreement, 0 chance; below 0.667 conclusions are not safe, 0.8 is the customary aim.
 * Undefined when fewer than two values were paired or all are the same.
 * @example krippendorffAlpha([[1, 1], [2, 2], [3, 3]], 'interval') // 1
 */
export function krippendorffAlpha(
  ratings: Ratings<number>,
  level: 'nominal' | 'ordinal' | 'interval' | 'ratio',
): Measurement {
  const {labels, units} = labelCounts(ratings)
  const paired = units.filter(counts => sumOf(counts) > 1)
  const totals = totalCounts(paired, labels.length)
  return alpha(paired, totals, DISTANCES[level](labels, totals))
}

/** The same for labels without order. */
export function nominalAlpha<L extends Label>(ratings: Ratings<L>): Measurement {
  const {labels, units} = labelCounts(ratings)
  const paired = units.filter(counts => sumOf(counts) > 1)
  const totals = totalCounts(paired, labels.length)
  return alpha(paired, totals, nominal())
}

function totalCounts(units: readonly number[][], labels: number): number[] {
  const totals = Array.from({length: labels}, () => 0)
  for (const counts of units)
    for (let label = 0; label < labels; label++) totals[label] = (totals[label] ?? 0) + (counts[label] ?? 0)
  return totals
}

const DISTANCES = {nominal, ordinal, interval, ratio}

function alpha(units: readonly number[][], totals: readonly number[], distance: Distance): Measurement {
  const n = sumOf(totals)
  const observed = sumOf(units.map(counts => weightedPairs(counts, distance) / (sumOf(counts) - 1)))
  const expected = weightedPairs(totals, distance) / (n - 1)
  return expected > 0 ? 1 - observed / expected : undefined
}

/** Distances summed over all ordered pairs of ratings; pairs of a rating with itself have distance 0. */
function weightedPairs(counts: readonly number[], distance: Distance): number {
  let sum = 0
  for (let a = 0; a < counts.length; a++) {
    const first = counts[a] ?? 0
    if (first === 0) continue
    for (let b = a + 1; b < counts.length; b++) {
      const second = counts[b] ?? 0
      if (second !== 0) sum += 2 * first * second * distance(a, b)
    }
  }
  return sum
}

function nominal(): Distance {
  return (a, b) => (a === b ? 0 : 1)
}

/** Ratings that lie between the two values, half of those on them included. */
function ordinal(_: readonly number[], totals: readonly number[]): Distance {
  let below = 0
  const middles = totals.map(total => {
    below += total
    return below - total / 2
  })
  return (a, b) => differenceAt(middles, a, b) ** 2
}

function interval(values: readonly number[]): Distance {
  return (a, b) => differenceAt(values, a, b) ** 2
}

function ratio(values: readonly number[]): Distance {
  return (a, b) => {
    const sum = (values[a] ?? 0) + (values[b] ?? 0)
    return sum === 0 ? 0 : (differenceAt(values, a, b) / sum) ** 2
  }
}

function sumOf(values: readonly number[]): number {
  let sum = 0
  for (const value of values) sum += value
  return sum
}
