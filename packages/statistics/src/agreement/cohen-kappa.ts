import type {Measurement} from '../measurement.js'
import type {ConfusionTable} from './confusion-table.js'

type Disagreement = (row: number, column: number) => number

/**
 * Cohen's kappa (1960) of two raters, at most 1, 0 at chance. Undefined when chance alone would always agree (one label).
 * Low for skewed labels even when raters nearly always agree: show the table and `gwetAc1` beside it.
 * @example cohenKappa(confusionTable(['a', 'a', 'b', 'b'], ['a', 'a', 'b', 'a'])) // 0.5
 */
export function cohenKappa(table: ConfusionTable): Measurement {
  return kappa(table, (row, column) => (row === column ? 0 : 1))
}

/** Weighted kappa (Cohen 1968) for ordered scales: a disagreement counts by its distance in steps, or by its square. */
export function weightedKappa(table: ConfusionTable, weights: 'linear' | 'quadratic'): Measurement {
  const power = weights === 'linear' ? 1 : 2
  return kappa(table, (row, column) => Math.abs(row - column) ** power)
}

function kappa({counts, measured}: ConfusionTable, disagreement: Disagreement): Measurement {
  const rows = counts.map(row => row.reduce((sum, count) => sum + count, 0))
  const columns = counts.map((_, column) => counts.reduce((sum, row) => sum + (row[column] ?? 0), 0))
  let [observed, expected] = [0, 0]
  for (const [i, row] of counts.entries()) {
    const inRow = rows[i] ?? 0
    for (const [j, count] of row.entries()) {
      observed += disagreement(i, j) * count
      expected += (disagreement(i, j) * inRow * (columns[j] ?? 0)) / measured
    }
  }
  return expected > 0 ? 1 - observed / expected : undefined
}
