import {printMeasure} from '../../formats/measure-notation.js'
import {meanInterval} from '../../measures/inference/bootstrap.js'
import type {RunEvaluation} from '../../measures/ranking/evaluate-run.js'
import type {MeasuredValue} from './evaluation-report.js'

/** The value of each measure and query, averaged over the repeated runs: one row a measure. */
export function averageRuns(evaluations: readonly RunEvaluation[]): Float64Array[] {
  const [first] = evaluations
  return first!.values.map((row, measure) =>
    row.map(
      (_, query) => evaluations.reduce((sum, {values}) => sum + values[measure]![query]!, 0) / evaluations.length,
    ),
  )
}

/** Means with bootstrap intervals over queries; the runs of one query are no independent units. */
export function summarizeRuns(evaluations: readonly RunEvaluation[], seed: number): MeasuredValue[] {
  const rows = averageRuns(evaluations)
  return evaluations[0]!.measures.map((measure, row) => {
    const values = rows[row]!
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    return {measure: printMeasure(measure), mean, interval: values.length < 2 ? null : intervalOf(values, seed)}
  })
}

function intervalOf(values: Float64Array, seed: number): MeasuredValue['interval'] {
  const {low, high, confidence, resamples} = meanInterval(values, {seed})
  return {low, high, confidence, resamples, seed}
}
