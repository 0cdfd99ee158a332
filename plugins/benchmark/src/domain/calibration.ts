import type {IntervalFacts} from './interval-facts.js'
import type {PeopleAgreement} from './people-agreement.js'
import type {Message} from '@ep23/sdk'

/** One rater beside the people: a measure, a feature of the lexical judge, or a judge's score. */
export interface RaterValues {
  name: string
  kind: 'measure' | 'feature' | 'judge'
  signature: string
  /** Of a judge that asks one; its signature holds the prompt alone. */
  model: string | null
  /** One for each label; undefined where it could not be measured. */
  values: readonly (number | undefined)[]
}

export interface RaterAgreement {
  name: string
  kind: RaterValues['kind']
  signature: string
  model: string | null
  measured: number
  unmeasured: number
  /** Bootstrap over the groups; no bounds of few. */
  spearman: IntervalFacts
  kendall: number | null
  /** Mean of the groups' own Spearman correlations, by their size; null where no group has enough rows. */
  within_groups: number | null
  /** Spearman with the logarithm of the summary's length held fixed; null for the length itself. */
  given_length: number | null
  /** How the rater's values were put on the people's scale for kappa and alpha. */
  scaling: 'linear' | 'matched'
  weighted_kappa: number | null
  /** Bootstrap over the groups; no bounds of few. */
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
  notes: readonly Message[]
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

export const CALIBRATION_FORMAT = 2

/** What people think of one score of one judge: measured once, kept for every run whose gates rest on that score. */
export interface ScoreCalibration {
  judge: string
  /** Of the judge, as the model it asks: another model, prompt or formula is another instrument. */
  signature: string
  model: string | null
  score: string
  /** With the people's scores; the interval is over sources. */
  spearman: Pick<IntervalFacts, 'estimate' | 'low' | 'high' | 'confidence'>
  /** The same with the summary's length held fixed. */
  given_length: number | null
  krippendorff_alpha: number | null
  rows: number
  /** Sources of the rows that were measured. */
  groups: number
  labels_sha256: string
  /** What the people were asked. */
  rubric: string | null
  at: string
  people?: PeopleAgreement
}

/** A file of the folder `calibrations`: all scores of one judge against one set of labels. */
export interface CalibrationFile {
  format_version: typeof CALIBRATION_FORMAT
  scores: readonly ScoreCalibration[]
}

/** What `benchmark:calibrate --save` keeps: each score of each judge. */
export function scoreCalibrations(
  {labels, raters}: Calibration,
  {at, rubric}: {at: Date; rubric: string | null},
): ScoreCalibration[] {
  return raters
    .filter(({kind}) => kind === 'judge')
    .map(({name, signature, model, spearman, given_length, krippendorff_alpha: alpha, measured}: RaterAgreement) => {
      const [judge = '', ...score] = name.split('.')
      const {estimate, low, high, confidence} = spearman
      return {
        judge,
        signature,
        model,
        score: score.join('.'),
        spearman: {estimate, low, high, confidence},
        given_length,
        krippendorff_alpha: alpha.estimate,
        rows: measured,
        groups: spearman.clusters ?? labels.groups,
        labels_sha256: labels.sha256,
        rubric,
        at: at.toISOString(),
      }
    })
}
