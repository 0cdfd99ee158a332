import {mean} from '@ep23/statistics'
import type {FeatureName, LexicalFeatures} from './lexical-features.js'

/** Weights of features that sum to 1. */
export type Weights = Readonly<Partial<Record<FeatureName, number>>>

export interface LabelledFeatures {
  features: LexicalFeatures
  /** What people gave, on any scale. */
  label: number
}

export interface FitOptions {
  /** Features that take part; the fewer, the less a small set of labels can mislead. */
  features: readonly FeatureName[]
  /** How strongly the weights are drawn to equal ones: 0 not at all, large values leave them equal. */
  shrinkage: number
}

/** Passes over the weights until they stand still for all practical purposes. */
const PASSES = 200

/**
 * Fits the weights of a composite to labels: ridge regression on centred features, drawn towards equal weights instead of zero
 * and never negative (all features run from 0 to 1 and are defined so that more is better), by coordinate descent. With some
 * dozens of labels equal weights are hard to beat (Dawes 1979, The robust beauty of improper linear models), hence the
 * direction. A feature that is undefined for a text takes the mean.
 * @throws RangeError for no labelled texts
 */
export function fitComposite(rows: readonly LabelledFeatures[], {features, shrinkage}: FitOptions): Weights {
  const columns = features.map(name => centred(rows.map(row => row.features[name])))
  const middle = mean(rows.map(row => row.label))
  const labels = rows.map(row => row.label - middle)
  const fitted = descend(columns, labels, shrinkage)
  const total = fitted.reduce((sum, weight) => sum + weight, 0)
  return Object.fromEntries(
    features.map((name, index) => [name, total > 0 ? (fitted[index] ?? 0) / total : 1 / features.length]),
  )
}

type Column = readonly number[]

function centred(values: readonly (number | undefined)[]): Column {
  const known = values.filter(value => value !== undefined)
  const middle = known.length > 0 ? mean(known) : 0
  return values.map(value => (value === undefined ? 0 : value - middle))
}

function descend(columns: readonly Column[], labels: readonly number[], shrinkage: number): number[] {
  const equal = equalWeight(columns, labels)
  const weights = columns.map(() => equal)
  const pull = (shrinkage * sumOfSquares(columns.flat())) / Math.max(1, columns.length)
  const residuals = labels.map((label, row) => label - equal * sumAt(columns, row))
  for (let pass = 0; pass < PASSES; pass++)
    for (const [index, column] of columns.entries()) {
      const old = weights[index] ?? 0
      const product = column.reduce((sum, value, row) => sum + value * ((residuals[row] ?? 0) + old * value), 0)
      const squares = pull + sumOfSquares(column)
      const next = squares > 0 ? Math.max(0, (pull * equal + product) / squares) : 0
      for (const [row, value] of column.entries()) residuals[row] = (residuals[row] ?? 0) - (next - old) * value
      weights[index] = next
    }
  return weights
}

/** Least squares with one weight for all. */
function equalWeight(columns: readonly Column[], labels: readonly number[]): number {
  const sums = labels.map((_, row) => sumAt(columns, row))
  const squares = sumOfSquares(sums)
  const product = sums.reduce((sum, value, row) => sum + value * (labels[row] ?? 0), 0)
  return squares > 0 ? Math.max(0, product / squares) : 0
}

function sumAt(columns: readonly Column[], row: number): number {
  return columns.reduce((sum, column) => sum + (column[row] ?? 0), 0)
}

function sumOfSquares(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value ** 2, 0)
}
