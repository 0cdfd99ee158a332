import type {IntervalFacts} from './interval-facts.js'
import type {SampleOrigin} from './sample-line.js'
import type {Gate} from './verdict.js'

/**
 * What the samples say about a change. `no_difference`: the interval lies within the margin that matters. `undecided`: neither a
 * change nor its absence is shown; that is not the same as no difference.
 */
export const CHANGE_VERDICTS = ['worse', 'better', 'no_difference', 'undecided'] as const
export type ChangeVerdict = (typeof CHANGE_VERDICTS)[number]

/**
 * Which samples make a pair. `sample`: the same record in both runs, of equal dataset roots. `source`: the same sample id over
 * the same source text, so that summaries may differ. `day`: the same channel and the same day counted from each run's first, the
 * digests of a day in their order; sources differ, and so may the difficulty of the days.
 */
export const PAIRINGS = ['sample', 'source', 'day'] as const
export type Pairing = (typeof PAIRINGS)[number]

/**
 * Which test decides. `sample`: samples are taken as independent; the answer holds for these channels. `channel`: the samples of a
 * channel are taken as correlated, so that what they have in common does not pass for a change.
 */
export const DECIDED_BY = ['sample', 'channel'] as const
export type DecidedBy = (typeof DECIDED_BY)[number]

/** A sample as comparisons see it: its scores are means over the judgements that measured them. */
export interface ComparedSample {
  sample_id: string
  channel: string
  origin: SampleOrigin
  timestamp: string
  sample_sha256: string
  /** SHA-256 of the source text; null where only the scores were kept. */
  source_sha256: string | null
  scores: Readonly<Record<string, number | undefined>>
  latency_seconds: number | undefined
}

/** One thing in which two runs differ although they must not. */
export interface RunDifference {
  /** Path in `run.json`, such as `identity.judge.prompt.sha256`. */
  what: string
  before: string | null
  after: string | null
}

export interface TestFacts {
  p: number
  /** Holm over the metrics of the origin. */
  p_holm: number
  exact: boolean
  permutations: number
  /** No data of this size can give a smaller p; above 0.05 the test cannot find anything. */
  smallest_p: number
}

/** By the interval of `clustered_difference`: Student's t over the channels, with a least standard error. */
export interface ChannelTestFacts {
  p: number
  /** Holm over the metrics of the origin. */
  p_holm: number
  channels: number
}

/** Why a metric's verdict is what it is. */
export type ChangeCause =
  | {code: 'no_pairs'}
  | {code: 'too_few_pairs'; pairs: number}
  /** By channel, but there is only one. */
  | {code: 'one_channel'}
  /** The interval is on one side of zero, and `p` (Holm) is below `alpha`. */
  | {code: 'change_shown'; p: number; alpha: number}
  /** The whole interval lies within ±`margin`. */
  | {code: 'within_margin'; margin: number}
  /** So it does for what was measured, and not whatever the `missing` pairs are, of which these are the first. */
  | {code: 'missing_decide'; pairs: number; margin: number; missing: number; samples: readonly string[]}
  /** A change of `finds` would be found in 80 % of such comparisons; ±`margin` matters. */
  | {code: 'nothing_shown'; pairs: number; channels: number | null; finds: number; margin: number}

/** What a reader must know before believing the verdict. */
export type ComparisonRemark =
  /** Before and after are one run: nothing was compared. */
  | {code: 'same_run'; run_id: string}
  | {code: 'different_days'}
  | {code: 'no_real_samples'}
  | {code: 'setting_differs'; what: string; before: string | null; after: string | null}
  /** The verdict is by channel. */
  | {code: 'by_channel'; channels: number}
  /** The verdict is by sample, and signs flipped by channel could not find anything. */
  | {code: 'few_channels'; channels: number; smallest_p: number}
  /** The verdict is by sample, and the interval by channel holds zero. */
  | {code: 'channels_disagree'; metric: string; verdict: 'worse' | 'better'}
  /** With the `missing` pairs at the ends of the scale the interval is not on one side of zero. */
  | {code: 'missing_could_turn'; metric: string; verdict: 'worse' | 'better'; missing: number}

export interface FlippedSample {
  sample_id: string
  before: number
  after: number
}

/** How samples moved over the pass threshold of the metric's gate. */
export interface FlipFacts {
  threshold: Pick<Gate, 'pass' | 'direction'>
  improved: readonly FlippedSample[]
  worsened: readonly FlippedSample[]
  unchanged: number
  /** Exact McNemar test, two-sided. */
  p: number
}

export interface MetricComparison {
  metric: string
  better: 'higher' | 'lower'
  pairs: number
  /** The smallest difference that matters, in the metric's unit. */
  margin: number
  /** Samples that one of the runs did not measure; never scored. */
  dropped: number
  mean_before: number | null
  mean_after: number | null
  /** After minus before, in the metric's unit. */
  difference: IntervalFacts
  /** The same with samples of a channel taken as correlated; null for a single channel. */
  clustered_difference: IntervalFacts | null
  /**
   * The ends that the interval by which the comparison is decided can have, whatever the dropped scores are; null where none was
   * dropped, and for latencies, which have no ends.
   */
  with_missing: {low: number; high: number} | null
  /** After / before on the log scale; for latencies only. */
  ratio: IntervalFacts | null
  test: TestFacts | null
  /** Signs flipped for whole channels; with few channels it cannot find much. */
  clustered_test: Omit<TestFacts, 'p_holm'> | null
  /** Difference of the means of each channel, by name. */
  by_channel: Readonly<Record<string, {pairs: number; difference: number}>>
  /** Null for a single channel. */
  channel_test: ChannelTestFacts | null
  effect: {cliffs_delta: number; improved: number; worsened: number; unchanged: number} | null
  /** The smallest difference that the deciding test finds in 80 % of such comparisons, Holm over all metrics included. */
  minimum_detectable_effect: number | null
  /** About how much more would find a difference as large as the margin; null where it is decided or no sensible amount would. */
  more: {what: 'pairs' | 'days' | 'channels'; count: number} | null
  flips: FlipFacts | null
  /** The samples that changed most, largest change first. */
  largest_changes: readonly FlippedSample[]
  verdict: ChangeVerdict
  cause: ChangeCause
  /** The same in a sentence. */
  reason: string
}

export interface OriginComparison {
  /** Samples found in both runs. */
  aligned: number
  only_before: number
  only_after: number
  metrics: readonly MetricComparison[]
  /** Of the scores; how long writing takes stands beside it, and decides nothing where there are scores. */
  verdict: ChangeVerdict
}

export interface ComparedRun {
  /** Run id, or the name of a baseline. */
  name: string
  run_id: string
  fingerprint: string
  dataset_root: string
  finished_at: string
  /** First and last day of its samples; null without samples. */
  days: {from: string; to: string} | null
}

export interface Comparison {
  before: ComparedRun
  after: ComparedRun
  scenario: string
  judge: string
  pairing: Pairing
  decided_by: DecidedBy
  settings: {confidence: number; margin: number; max_dropped: number; seed: number; permutations: number}
  /** Real and synthetic samples are never mixed; an origin without samples is absent. */
  by_origin: Readonly<Partial<Record<SampleOrigin, OriginComparison>>>
  verdict: ChangeVerdict
  remarks: readonly ComparisonRemark[]
  /** The same in sentences. */
  notes: readonly string[]
}
