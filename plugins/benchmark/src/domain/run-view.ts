import type {Comparison} from './comparison.js'
import type {LocalizedText} from './messages/localized-text.js'
import type {RunResult} from './run-result.js'
import type {SampleOrigin} from './sample-line.js'

// What the page of one run is told: key `run/<id>`.

export interface RunView {
  /** `run.json`, as `benchmark:show --json` has it. */
  run: RunResult
  /** In both languages. */
  messages: {
    title: LocalizedText
    headline: LocalizedText
    sentences: readonly LocalizedText[]
    gates: readonly LocalizedText[]
    /** Which digests the list holds; absent where it holds all. */
    listed?: LocalizedText
  }
  /** First and last day of its digests; null without any. */
  days: {from: string; to: string} | null
  /** Seconds of writing by origin, where anybody measured them. */
  latencies: Readonly<Partial<Record<SampleOrigin, LatencyBins>>>
  /** Where the variance of a score comes from, by origin, for scores that were repeated. */
  variance: Readonly<Partial<Record<SampleOrigin, readonly VarianceView[]>>>
  /** What changed against another run; null where nobody asked. */
  comparison: ComparisonView | null
  pages: number
}

/** Counts in steps of equal width from the least value to the largest. */
export interface LatencyBins {
  from: number
  to: number
  counts: readonly number[]
}

export interface VarianceView {
  score: string
  /** Shares of samples, answers and judge. */
  parts: readonly {name: LocalizedText; share: LocalizedText}[]
  /** What to repeat. */
  plan: LocalizedText
}

export interface ComparisonView {
  result: Comparison
  headline: LocalizedText
  sentences: readonly LocalizedText[]
  remarks: readonly LocalizedText[]
  /** Why each metric's verdict is what it is, by origin in the order of its metrics. */
  causes: Readonly<Partial<Record<SampleOrigin, readonly LocalizedText[]>>>
}
