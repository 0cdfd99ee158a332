import type {IntervalFacts} from './interval-facts.js'
import type {PeopleAgreement} from './people-agreement.js'
import type {Message} from '@ep23/sdk'

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

export const CALIBRATION_FORMAT = 1

/** What people think of one score of one judge: measured once, kept for every run whose gates rest on that score. */
export interface ScoreCalibration {
  judge: string
  /** Of the judge: another model, prompt or formula is another instrument. */
  signature: string
  score: string
  /** With the people's scores, over rows. */
  spearman: Pick<IntervalFacts, 'estimate' | 'low' | 'high' | 'confidence'>
  /** The same with the summary's length held fixed. */
  given_length: number | null
  krippendorff_alpha: number | null
  rows: number
  /** Sources of the rows. */
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

/**
 * `calibrated`: the interval of the correlation with people lies above zero; of labels of several raters, that of the judge's agreement
 * with people minus theirs with each other lies above −0.2. `uncalibrated`: it does not. `other_instrument`: only
 * another model, prompt or version of the judge was held against people. `too_few`, `stale`: too few labels, or too long ago. `none`: never.
 */
export const CALIBRATION_STATUSES = [
  'calibrated',
  'uncalibrated',
  'other_instrument',
  'too_few',
  'stale',
  'none',
] as const
export type CalibrationStatus = (typeof CALIBRATION_STATUSES)[number]

/** What stands behind a gate's score; null for gates that look at no judge's score. */
export interface GateCalibration {
  status: CalibrationStatus
  /** The correlation it rests on; null where there is none of this instrument. */
  spearman: ScoreCalibration['spearman'] | null
  rows: number | null
  labels_sha256: string | null
  at: string | null
}

/** A run's judge with all that is known of it when the run begins. */
export interface Instrument {
  judge: string
  signature: string
  at: string
  known: readonly ScoreCalibration[]
  /** With `--require-calibration`: gates of scores that nobody held against people decide nothing. */
  required: boolean
}

const FEWEST_ROWS = 30
/** How far a judge's agreement with people may stay behind theirs with each other; of a single rater the correlation decides. */
const MARGIN = 0.2
const STALE_AFTER_DAYS = 365

export function gateCalibration(
  {judge, signature, at, known}: Pick<Instrument, 'judge' | 'signature' | 'at' | 'known'>,
  score: string,
): GateCalibration {
  const ofScore = known.filter(each => each.judge === judge && each.score === score)
  const found = ofScore.filter(each => each.signature === signature).toSorted((a, b) => (a.at < b.at ? 1 : -1))[0]
  if (!found) {
    const status = ofScore.length > 0 ? 'other_instrument' : 'none'
    return {status, spearman: null, rows: null, labels_sha256: null, at: null}
  }
  const {spearman, rows, labels_sha256} = found
  return {status: statusOf(found, at), spearman, rows, labels_sha256, at: found.at}
}

function statusOf({spearman, rows, people, at: then}: ScoreCalibration, now: string): CalibrationStatus {
  const isAmongPeople = people !== undefined && people.raters.length > 1
  if ((isAmongPeople ? people.doubly_labelled : rows) < FEWEST_ROWS) return 'too_few'
  const [{low}, least] = isAmongPeople ? [people.difference, -MARGIN] : [spearman, 0]
  if (low === null || low <= least) return 'uncalibrated'
  const days = (Date.parse(now) - Date.parse(then)) / 86_400_000
  return days > STALE_AFTER_DAYS ? 'stale' : 'calibrated'
}

/** What `benchmark:calibrate --save` keeps: each score of each judge. */
export function scoreCalibrations(
  {labels, raters}: Calibration,
  {at, rubric}: {at: Date; rubric: string | null},
): ScoreCalibration[] {
  return raters
    .filter(({kind}) => kind === 'judge')
    .map(({name, signature, spearman, given_length, krippendorff_alpha: alpha, measured}: RaterAgreement) => {
      const [judge = '', ...score] = name.split('.')
      const {estimate, low, high, confidence} = spearman
      return {
        judge,
        signature,
        score: score.join('.'),
        spearman: {estimate, low, high, confidence},
        given_length,
        krippendorff_alpha: alpha.estimate,
        rows: measured,
        groups: labels.groups,
        labels_sha256: labels.sha256,
        rubric,
        at: at.toISOString(),
      }
    })
}

/** The judge of a run with what was known of it; undefined for runs of an ep23 that knew of no calibrations. */
export function instrumentOf(run: {
  identity: {judge: {name: string; signature: string}}
  started_at: string
  calibrations: readonly ScoreCalibration[]
  require_calibration: boolean
}): Instrument | undefined {
  const {identity, started_at: at, calibrations: known, require_calibration: required} = run
  if ((known as unknown) === undefined) return undefined
  return {judge: identity.judge.name, signature: identity.judge.signature, at, known, required}
}
