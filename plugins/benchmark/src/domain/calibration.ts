import type {IntervalFacts} from './verdict.js'

/** One rater beside the people: a measure, a feature of the lexical judge, or a judge's score. */
export interface RaterValues {
  name: string
  kind: 'measure' | 'feature' | 'judge'
  signature: string
  /** One for each label; undefined where it could not be measured. */
  values: readonly (number | undefined)[]
}

export interface RaterAgreement {
  name: string
  kind: RaterValues['kind']
  signature: string
  measured: number
  unmeasured: number
  /** Bootstrap over the rows. */
  spearman: IntervalFacts
  kendall: IntervalFacts
  /** Mean of the groups' own Spearman correlations, by their size; null where no group has enough rows. */
  within_groups: number | null
  /** How the rater's values were put on the people's scale for kappa and alpha. */
  scaling: 'linear' | 'matched'
  weighted_kappa: IntervalFacts
  krippendorff_alpha: IntervalFacts
  gwet_ac1: number | null
  /** Rows are the people's labels, columns the rater's. */
  confusion: {labels: readonly number[]; counts: readonly (readonly number[])[]}
}

/** A correlation over repeated random halves. */
export interface HalvesFacts {
  mean: number
  /** 5th and 95th percentile over the repetitions. */
  p5: number
  p95: number
}

/** Fitted on a random half, measured on the other, many times. */
export interface HalvesReport {
  repetitions: number
  seed: number
  features: readonly string[]
  shrinkage: number
  composite: HalvesFacts
  /** The same features with equal weights: what fitting adds is the distance. */
  equal_weights: HalvesFacts
  rouge_l: HalvesFacts
  /** Share of repetitions in which the composite correlates higher than ROUGE-L. */
  beats_rouge_l: number
}

export interface Calibration {
  labels: {
    file: string
    sha256: string
    rows: number
    groups: number
    scale: {lowest: number; highest: number; labels: readonly number[]}
  }
  settings: {seed: number; resamples: number; confidence: number}
  raters: readonly RaterAgreement[]
  /** Null when there are too few rows to halve. */
  halves: HalvesReport | null
  notes: readonly string[]
}
