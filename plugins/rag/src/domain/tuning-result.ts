import type {Setting} from './tuning.js'

/** How a space is gone through. */
export const TUNING_METHODS = ['grid', 'random', 'halving'] as const
export type TuningMethod = (typeof TUNING_METHODS)[number]

/** An estimate with its interval. */
export interface Range {
  estimate: number
  low: number
  high: number
}

/** One setting, measured on some queries. */
export interface Trial {
  setting: Setting
  part: 'train' | 'test'
  queries: number
  measured_at: string
  quality: Range
  /** Mean over the repeats, by query: pairs of trials are compared with it. */
  values: Record<string, number>
  variance_ratio: Range | null
  rbo: number | null
  tau_b: number | null
  /** Median over queries of a query's median over the repeats. */
  latency_seconds: Range
  fallbacks: number
  /** Requests to the reranker. */
  asked: number
}

export type TrialView = Omit<Trial, 'values'>

/** What a test query got from the configuration as it stands and from each setting of the front, in its order. */
export interface TestedQuery {
  query: string
  text: string
  current: number
  front: [number, ...number[]]
}

/** A setting that no other one beats, on the queries that it was chosen on and on those that it is judged by. */
export interface FrontSetting {
  train: TrialView
  test: TrialView
  /** Over the configuration as it stands. */
  gain: Range & {improved: number; worse: number}
}

export interface TuningResult {
  run_id: string
  finished_at: string
  /** When the oldest of the figures was measured: an interrupted run may have begun long ago. */
  measured_since: string
  folder: string
  measure: string
  method: string
  seed: number
  repeats: number
  /** Settings in the space. */
  space: number
  /** Settings that were tried, and how many of them were taken over from an earlier, interrupted run. */
  tried: {settings: number; resumed: number}
  queries: {train: number; test: number}
  /** Documents judged relevant, and those of them that the corpus lacks: no setting can find them. */
  relevant: {judged: number; missing: number}
  /** `baseHash` of the configuration that was the starting point. */
  base_sha256: string
  reranker_used: boolean
  /** The configuration as it stands, on the test queries. */
  current: TrialView
  /** Settings of the front, chosen on the training queries, measured on the test queries; best quality first. */
  front: [FrontSetting, ...FrontSetting[]]
  /** The one of best training quality among them. */
  best: Setting
}
