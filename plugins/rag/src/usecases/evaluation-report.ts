import {type IntervalMethod, type Estimate, meanInterval, scoreInterval} from '@ep23/statistics'
import type {TieShare} from '../measures/ranking/tie-share.js'
import type {FallbackReason} from '../domain/model-ports.js'
import type {Repeatability} from './repeatability.js'
import {printMeasure} from '../formats/measure-notation.js'
import type {RunEvaluation} from '../measures/ranking/evaluate-run.js'
import type {Range} from '../domain/tuning-result.js'

export interface MeasuredValue {
  /** In the notation of ir_measures. */
  measure: string
  /** Mean over queries, and over runs when there are several. */
  mean: number
  /** Over queries; null with a single query, or where no value within 0 … 1 differs from another. */
  interval: {low: number; high: number; confidence: number; method: IntervalMethod} | null
}

/** Where the vectors of passages and queries came from. */
export interface EmbeddingsReport {
  model: string
  dimensions: number
  /** Vectors that the server made now, and those that the store had. */
  computed: number
  reused: number
  /** Of the server, repetitions not counted. */
  requests: number
  /** All requests together. */
  request_seconds: number
}

export interface EvaluationReport {
  corpus: {source: string; documents: number}
  index: {signature: string; path: string | null; analysed: number; unchanged: number; removed: number}
  config: {path: string | null; settings: Record<string, unknown>}
  /** Null when words alone are searched. */
  embeddings: EmbeddingsReport | null
  reranker: string
  runs: number
  queries: {evaluated: number; without_judgements: number; missing_from_run: number}
  /** Documents judged relevant, and those of them that are not in the corpus. */
  relevant: {judged: number; missing: number}
  measures: MeasuredValue[]
  ties: TieShare
  repeatability: Repeatability | null
  fallbacks: {total: number; queries_asked: number; by_reason: Record<FallbackReason, number>}
  /** Of search and reranking; vectors of queries are made before. */
  latency_seconds: {p50: number; p90: number}
  run_files: string[]
  /** The mean over runs of each measure, in the order of `measures`. */
  per_query: {query: string; text: string; values: number[]}[]
}

/** The same queries and measures in each. */
export type RunEvaluations = readonly [RunEvaluation, ...RunEvaluation[]]

/** The value of each measure and query, averaged over the repeated runs: one row a measure. */
export function averageRuns(evaluations: RunEvaluations): Float64Array[] {
  const [first] = evaluations
  return first.values.map((row, measure) =>
    row.map(
      (_, query) =>
        evaluations.reduce((sum, {values}) => sum + (values[measure]?.[query] ?? 0), 0) / evaluations.length,
    ),
  )
}

/** Means with intervals over queries; the runs of one query are no independent units. */
export function summarizeRuns(evaluations: RunEvaluations): MeasuredValue[] {
  const [{measures}] = evaluations
  const rows = averageRuns(evaluations)
  return measures.map((measure, row) => {
    const values = rows[row] ?? new Float64Array()
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
export function qualityInterval(values: ArrayLike<number>): Estimate {
  const list = Array.from(values)
  return list.every(value => value >= 0 && value <= 1) ? scoreInterval(list) : meanInterval(list)
}

/** An interval of at least two queries. @throws RangeError for one that nothing bounds */
export function rangeOf({estimate, low, high, measured}: Estimate): Range {
  if (estimate === undefined) throw new RangeError('there are no values: an interval needs at least two')
  if (low === undefined || high === undefined)
    throw new RangeError(`${measured} values that do not differ have no interval`)
  return {estimate, low, high}
}
