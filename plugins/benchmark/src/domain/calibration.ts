import type {IntervalFacts} from './assessment/interval-facts.js'

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
  kendall: number | null
  /** Mean of the groups' own Spearman correlations, by their size; null where no group has enough rows. */
  within_groups: number | null
  /** Spearman with the logarithm of the summary's length held fixed; null for the length itself. */
  given_length: number | null
  /** How the rater's values were put on the people's scale for kappa and alpha. */
  scaling: 'linear' | 'matched'
  weighted_kappa: number | null
  /** Bootstrap over the rows. */
  krippendorff_alpha: IntervalFacts
  gwet_ac1: number | null
  /** Rows are the people's labels, columns the rater's. */
  confusion: {labels: readonly number[]; counts: readonly (readonly number[])[]}
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
  /** Where it was kept, with `--save`. */
  saved: readonly string[]
  notes: readonly string[]
}

/** A summary that a person scored. */
export interface LabelledSummary {
  source: string
  summary: string
  human_score: number
  /** Rows of one group share a source: they are not independent. */
  group: string
}

export const LABEL_FIELDS = ['source', 'summary', 'human_score', 'key', 'group'] as const

/** Names of the columns; `key` joins the labels with a file of sources. */
export interface LabelColumns {
  source: string
  summary: string
  human_score: string
  key?: string
  group?: string
}
