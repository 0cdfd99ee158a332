import {mean} from '../inference/moments.js'
import {type Measurement, sample} from '../measurement.js'

/**
 * ICC(1), one-way random effects, single rating (Shrout and Fleiss 1979): the share of variance that lies between targets.
 * Rows are targets, columns their ratings; unmeasured ratings are left out and the mean number per target follows Searle 1992.
 * It may be negative; undefined without two rated targets, without a repeated rating or when all ratings are equal.
 * @example intraclassCorrelation([[1, 1], [2, 2], [3, 3]]) // 1
 */
export function intraclassCorrelation(targets: readonly (readonly Measurement[])[]): Measurement {
  const rated = targets.map((row, i) => sample(row, `targets[${i}]`).values).filter(row => row.length > 0)
  const n = rated.reduce((sum, row) => sum + row.length, 0)
  if (rated.length < 2 || n === rated.length) return undefined
  const centre = mean(rated.flatMap(row => [...row]))
  const between = sumOf(rated, row => row.length * (mean(row) - centre) ** 2) / (rated.length - 1)
  const within = sumOf(rated, squaredDeviations) / (n - rated.length)
  const perTarget = (n - sumOf(rated, row => row.length ** 2) / n) / (rated.length - 1)
  const total = between + (perTarget - 1) * within
  return total > 0 ? (between - within) / total : undefined
}

function squaredDeviations(row: Float64Array): number {
  const centre = mean(row)
  return row.reduce((sum, value) => sum + (value - centre) ** 2, 0)
}

function sumOf(rows: readonly Float64Array[], value: (row: Float64Array) => number): number {
  return rows.reduce((sum, row) => sum + value(row), 0)
}
