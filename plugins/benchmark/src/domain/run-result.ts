import type {Language, UnmeasuredReason} from '@ep23/sdk'

import type {AnswerFacts} from './answers.js'
import type {ScoreCalibration} from './calibration.js'
import type {DatasetProof} from './dataset-source.js'
import type {IntervalFacts} from './interval-facts.js'
import type {SampleOrigin} from './sample-line.js'
import type {Scenario} from './scenario.js'
import type {SharedNews} from './shared-news.js'
import type {UsageFacts} from './usage.js'
import type {GateResult, InventedLook, Verdict} from './verdict.js'

export const RUN_FORMAT = 2

/** Everything two runs must share to be compared; `benchmark:run --resume` refuses when it changed. */
export interface RunIdentityFacts {
  scenario: {name: string; version: number; sha256: string}
  dataset: {merkle_root: string; records: number}
  judge: {
    name: string
    scale: string
    signature: string
    model: string | null
    prompt: {version: string; sha256: string} | null
    settings: Readonly<Record<string, string | number | boolean | null>>
  }
  answers: {
    repeats: number
    /** Who wrote them anew; null when they came with the dataset. */
    model: string | null
    /** Of the writer; absent when they came with the dataset. */
    prompt?: {readonly version: string; readonly sha256: string} | null
    settings?: Readonly<Record<string, string | number | boolean | null>>
  }
  judge_repeats: number
}

/** Where the samples came from. */
export interface DatasetFacts {
  kind: 'store' | 'file'
  /** File or store, without secrets. */
  location: string
  exporter: string
  records: number
  /** RFC 6962 over the canonical lines: equal to the root in the export's manifest when it is the same data. */
  merkle_root: string
  by_origin: Readonly<Record<SampleOrigin, number>>
  by_channel: Readonly<Record<string, number>>
  /** Channels that carry the same posts; from a fifth on they count as one. */
  shared_news: readonly SharedNews[]
  proof: DatasetProof
  /** Records that `--limit` left out; null when nobody counted. */
  left_out: number | null
}

/** One part of a score's variance. */
export interface VariancePart {
  /** Squared score points; null where the repeats do not show it. */
  variance: number | null
  /** Of the variance of a single judgement, with its interval over samples; null where it is not known. */
  share: number | null
  low: number | null
  high: number | null
  /** Why there is no number, or why it is what it is; null when it speaks for itself. */
  remark: 'not_estimable' | 'below_noise' | 'same_texts' | null
}

/** How a score's variance splits between samples, answers to one source, and judgements of one answer. */
export interface VarianceFacts {
  item: VariancePart
  answer: VariancePart
  judge: VariancePart
  confidence: number
  /** What it rests on: samples with at least one measured judgement, and the repeats that were asked for. */
  samples: number
  answers: number
  judgements: number
  /** What one repeat more would give. */
  plan: {
    /** Of the mean over all samples, taken as independent. */
    standard_error: number
    options: readonly {add: 'answer' | 'judge'; standard_error: number; extra_calls: number; gain: number}[]
    recommendation: 'answer' | 'judge' | 'neither'
  }
}

/** One score over some samples. */
export interface ScoreFacts {
  /** Of these samples taken as independent: with one channel, of its days. */
  mean: IntervalFacts
  /** Samples of a channel taken as correlated: the mean over such channels, which decides gates. Null for a single channel. */
  clustered_mean: IntervalFacts | null
  p10: IntervalFacts
  worst: number | null
  /** What was not measured, by reason. */
  unmeasured: Readonly<Partial<Record<UnmeasuredReason, number>>>
  by_channel: Readonly<Record<string, {mean: number | null; measured: number; unmeasured: number}>>
  /** Where the variance of a single judgement comes from; null when nothing was repeated or nothing varies. */
  variance: VarianceFacts | null
}

/** Seconds of writing the summaries, where somebody measured them. */
export interface LatencyFacts {
  p50: IntervalFacts
  p90: IntervalFacts
  p95: IntervalFacts
  p99: IntervalFacts
}

export interface OriginResult {
  samples: number
  /** Share of samples with every score of the scenario measured. */
  measured_share: number | null
  scores: Readonly<Record<string, ScoreFacts>>
  latency_seconds: LatencyFacts
}

export interface HardwareFacts {
  cpu: string
  cores: number
  memory_bytes: number
  platform: string
  node: string
  icu: string | null
}

/** What a verdict rests on or lacks. */
export type RunRemark =
  /** Scores of this judge's scale are reported, not gated. */
  | {code: 'no_thresholds'; scenario: string; scale: string}
  /** Few clusters make intervals wide. */
  | {code: 'few_channels'; channels: number}
  /** Channels that carry the same news are not independent. */
  | {code: 'shared_news'; pairs: readonly SharedNews[]; clusters: number; channels: number}
  /** One value only, a few, or the same in every channel: a judge that looks at texts gives no such scores. */
  | {code: 'scores_look_invented'; scores: readonly string[]; look: InventedLook}
  /** Synthetic samples gate nothing in a live scenario. */
  | {code: 'synthetic_apart'; samples: number}

/** What the samples alone give, computed by `RunAssessor`: `benchmark:verify` computes it again and compares bytes. */
export interface Assessment {
  samples: {
    lines: number
    samples: number
    /** Every score of the scenario measured in every judgement. */
    measured: number
    unmeasured: Readonly<Partial<Record<UnmeasuredReason, number>>>
    truncated: number
    truncated_share: number
  }
  /** Never a mix: an origin without samples is absent. */
  by_origin: Readonly<Partial<Record<SampleOrigin, OriginResult>>>
  gates: readonly GateResult[]
  verdict: Verdict
  /** What the verdict rests on or lacks. */
  remarks: readonly RunRemark[]
  /** The same in sentences. */
  notes: readonly string[]
  /** Of judging. */
  usage: UsageFacts
  /** Answers written anew; absent when they came with the dataset. */
  answers?: AnswerFacts
}

/** `run.json`. */
export interface RunResult {
  format_version: typeof RUN_FORMAT
  ep23_version: string
  run_id: string
  trace_id: string
  /** SHA-256 of the canonical JSON of `identity`. */
  fingerprint: string
  identity: RunIdentityFacts
  scenario: Scenario
  dataset: DatasetFacts
  dry_run: boolean
  /** What people think of the judge's scores, as it was known when the run began. */
  calibrations: readonly ScoreCalibration[]
  /** `--require-calibration`. */
  require_calibration: boolean
  assessment: Assessment
  hardware: HardwareFacts
  started_at: string
  finished_at: string
  /** Of all attempts together when the run was resumed. */
  duration_seconds: number
  /** How often it was begun: 1, or more with `--resume`. */
  attempts: number
  /** True when a limit (cost, tokens, minutes) ended it before the last sample. */
  stopped_early: boolean
  /** Baseline named with `--baseline`, for `benchmark:compare`. */
  baseline: string | null
  /** Of `report.md` and `junit.xml`; English where none stands. */
  language?: Language
  /** SHA-256 of the canonical JSON of every other field, by its name (`sealsOf`): what cannot be computed again cannot be changed unseen. */
  seals: Readonly<Record<string, string>>
  /** Every other file of the folder. */
  files: readonly {name: string; bytes: number; sha256: string}[]
}
