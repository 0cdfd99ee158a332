import {type Interval, meanInterval, scoreInterval} from '@ep23/statistics'

import {printMeasure} from '../../formats/measure-notation.js'
import type {RunEvaluation} from '../../measures/ranking/evaluate-run.js'
import type {MeasuredValue} from './evaluation-report.js'
import type {Range} from './repeatability.js'

/** The value of each measure and query, averaged over the repeated runs: one row a measure. */
export function averageRuns(evaluations: readonly RunEvaluation[]): Float64Array[] {
  const [first] = evaluations
  return first!.values.map((row, measure) =>
    row.map(
      (_, query) => evaluations.reduce((sum, {values}) => sum + values[measure]![query]!, 0) / evaluations.length,
    ),
  )
}

/** Means with intervals over queries; the runs of one query are no independent units. */
export function summarizeRuns(evaluations: readonly RunEvaluation[]): MeasuredValue[] {
  const rows = averageRuns(evaluations)
  return evaluations[0]!.measures.map((measure, row) => {
    const values = rows[row]!
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    return {measure: printMeasure(measure), mean, interval: intervalOf(values)}
  })
}

function intervalOf(values: Float64Array): MeasuredValue['interval'] {
  const interval = qualityInterval(values)
  if (interval.low === undefined || interval.high === undefined) return null
  const {low, high, confidence, method} = interval
  return {low, high, confidence, method}
}

/** Interval of the mean of a measure over queries: that of scores where all values are some, as nearly all measures' are. */
export function qualityInterval(values: ArrayLike<number>): Interval {
  const list = Array.from(values)
  return list.every(value => value >= 0 && value <= 1) ? scoreInterval(list) : meanInterval(list)
}

/** An interval of at least two queries. @throws RangeError for one that nothing bounds */
export function rangeOf({estimate, low, high, measured}: Interval): Range {
  if (estimate === undefined) throw new RangeError('there are no values: an interval needs at least two')
  if (low === undefined || high === undefined)
    throw new RangeError(`${measured} values that do not differ have no interval`)
  return {estimate, low, high}
}
