import type {CalibrationStatus, GateCalibration} from './score-calibration.js'

import type {SampleOrigin} from './sample.js'

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

/** An interval as files hold it: null where there is no number. */
export interface IntervalFacts {
  estimate: number | null
  low: number | null
  high: number | null
  confidence: number
  method: string
  measured: number
  unmeasured: number
  clusters?: number
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
    }
  /** With `--require-calibration`. */
  | {code: 'not_calibrated'; status: CalibrationStatus}
  /** It would pass, but so that nobody seems to have measured its score. */
  | {code: 'looks_invented'; look: InventedLook}
  /** The judge saw only a part of the source in this share of the judgements. */
  | {code: 'source_cut'; share: number}

export interface GateResult extends Gate {
  /** Whose samples it looked at. */
  origin: SampleOrigin
  /** Whose thresholds these are (`Judge.scale`), or `any`. */
  scale: string
  verdict: Verdict
  interval: IntervalFacts
  /** About how many more samples would decide it; null where it is decided or where no number would help. */
  more_samples: number | null
  /** What people think of this score; null where no judge gave it. */
  calibration: GateCalibration | null
  /** Why this verdict. */
  cause: GateCause
  /** The same in a sentence. */
  reason: string
}
