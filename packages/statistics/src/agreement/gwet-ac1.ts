import type {Measurement} from '../measurement.js'
import type {Label} from './confusion-table.js'
import {labelCounts, type Ratings} from './ratings.js'

/**
 * Gwet's AC1 (2008) of two or more raters, missing ratings allowed: agreement beyond chance that does not collapse when one
 * label prevails. Undefined without a unit rated twice or with a scale of one label.
 * @param labels the whole scale; its size enters the formula.
 * @example gwetAc1([['a', 'a'], ['b', 'b'], ['a', 'a']]) // 1
 */
export function gwetAc1<L extends Label>(ratings: Ratings<L>, labels?: readonly L[]): Measurement {
  const {units, labels: scale} = labelCounts(ratings, labels)
  const rated = units.map(counts => ({counts, total: sumOf(counts)})).filter(({total}) => total > 0)
  const paired = rated.filter(({total}) => total > 1)
  if (paired.length === 0 || scale.length < 2) return undefined
  const agreement =
    sumOf(paired.map(({counts, total}) => agreeingPairs(counts) / (total * (total - 1)))) / paired.length
  const prevalences = scale.map(
    (_, label) => sumOf(rated.map(({counts, total}) => (counts[label] ?? 0) / total)) / rated.length,
  )
  const chance = sumOf(prevalences.map(share => share * (1 - share))) / (scale.length - 1)
  return (agreement - chance) / (1 - chance)
}

function agreeingPairs(counts: readonly number[]): number {
  return sumOf(counts.map(count => count * (count - 1)))
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}
