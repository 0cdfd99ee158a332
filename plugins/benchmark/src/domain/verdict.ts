import type {CalibrationStatus, GateCalibration} from './calibration-status.js'
import type {IntervalFacts} from './interval-facts.js'
import type {SampleOrigin} from './sample-line.js'

/**
 * How a gate or a run ended. `undecided`: the interval holds a threshold, more samples would tell. `unmeasured`: too little was
 * measured to say anything.
 */
export const VERDICTS = ['pass', 'warn', 'fail', 'undecided', 'unmeasured'] as const
export type Verdict = (typeof VERDICTS)[number]

/** Which number of the sample's scores a gate looks at. `share` is a plain share of samples. */
export const GATE_STATISTICS = ['mean', 'worst', 'p10', 'p90', 'share'] as const
export type GateStatistic = (typeof GATE_STATISTICS)[number]

/** Thresholds of one number. The nearer one to the good end is `pass`. */
export interface Gate {
  /** A score, `latency_seconds` or `measured_share`. */
  metric: string
  statistic: GateStatistic
  /** `at_least`: more is better; `at_most`: less is better. */
  direction: 'at_least' | 'at_most'
  pass: number
  warn: number
}

/**
 * Why scores look as if nobody had measured them: one value for all, hardly more than one without a raw answer behind it, or the
 * same values in every channel.
 */
export type InventedLook = 'constant' | 'few_values' | 'equal_channels'

/** Why a gate ended as it did; the numbers it speaks of stand in the gate's result. */
export type GateCause =
  | {
      code:
        | 'reaches_pass'
        | 'between_thresholds'
        | 'misses_warn'
        | 'holds_threshold'
        | 'nothing_measured'
        | 'no_samples'
        /** A single channel says nothing about others. */
        | 'one_channel'
        /** Equal scores do not show how they vary: the most is assumed. */
        | 'equal_scores'
        /** Too few channels or too equal values to bound the number on the side that would decide. */
        | 'not_bounded'
    }
  /** With `--require-calibration`. */
  | {code: 'not_calibrated'; status: CalibrationStatus}
  /** It does not fail, but nobody seems to have measured its score. */
  | {code: 'looks_invented'; look: InventedLook}
  /** Fewer than the smallest layout for which the intervals were verified. */
  | {code: 'too_few_samples'; fewest: number}
  /** The measured samples would decide; with these bounds for the others nothing is. */
  | {code: 'missing_decide'; missing: number}
  /** The judge saw only a part of the source in this share of the judgements. */
  | {code: 'source_cut'; share: number}

/** Days are those of each channel. */
export interface MoreFacts {
  what: 'channels' | 'days'
  count: number
}

export interface GateResult extends Gate {
  /** Whose samples it looked at. */
  origin: SampleOrigin
  /** Whose thresholds these are (`Judge.scale`), or `any`. */
  scale: string
  verdict: Verdict
  interval: IntervalFacts
  /**
   * The interval's ends with every unmeasured sample at its worst for them: scored 0 below, 1 above (Horowitz and Manski 2000). They
   * decide, so that nothing passes because what is bad was not measured. Null where nothing is missing, and for latencies.
   */
  with_missing: {low: number; high: number} | null
  /** About how much more data would decide it; null where it is decided or where no sensible amount would. */
  more: MoreFacts | null
  /** What people think of this score; null where no judge gave it. */
  calibration: GateCalibration | null
  /** Why this verdict. */
  cause: GateCause
  /** The same in a sentence. */
  reason: string
}
