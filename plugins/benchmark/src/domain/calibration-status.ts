import type {ScoreCalibration} from './calibration.js'
import type {PeopleAgreement} from './people-agreement.js'

/**
 * `calibrated`: the interval of the correlation with people lies above zero; of labels of several raters also that of the judge's
 * agreement with people minus theirs with each other above −0.2. `uncalibrated`: it does not. `people_disagree`: nobody knows whether
 * the raters agree with each other by more than that margin, so that staying within it says nothing. `other_instrument`: only another
 * model, prompt or version of the judge was held against people. `too_few`, `stale`: too few labels or sources, or too long ago.
 * `none`: never.
 */
export const CALIBRATION_STATUSES = [
  'calibrated',
  'uncalibrated',
  'people_disagree',
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
  model: string | null
  at: string
  known: readonly ScoreCalibration[]
  /** With `--require-calibration`: gates of scores that nobody held against people decide nothing. */
  required: boolean
}

const FEWEST_ROWS = 30
/** Of fewer, the interval over sources lies above zero too often by chance (bench/calibration-rates.ts). */
export const FEWEST_SOURCES = 10
/** How far a judge's agreement with people may stay behind theirs with each other. */
const MARGIN = 0.2
const STALE_AFTER_DAYS = 365

export function gateCalibration(
  {judge, signature, model, at, known}: Omit<Instrument, 'required'>,
  score: string,
): GateCalibration {
  const ofScore = known.filter(each => each.judge === judge && each.score === score)
  // What an older ep23 saved names no model.
  const own = ofScore.filter(each => each.signature === signature && (each.model ?? null) === model)
  const [found] = own.toSorted((a, b) => (a.at < b.at ? 1 : -1))
  if (!found) {
    const status = ofScore.length > 0 ? 'other_instrument' : 'none'
    return {status, spearman: null, rows: null, labels_sha256: null, at: null}
  }
  const {spearman, rows, labels_sha256} = found
  return {status: statusOf(found, at), spearman, rows, labels_sha256, at: found.at}
}

function statusOf({spearman, rows, groups, people, at: then}: ScoreCalibration, now: string): CalibrationStatus {
  const among = people !== undefined && people.raters.length > 1 ? people : undefined
  if ((among?.doubly_labelled ?? rows) < FEWEST_ROWS || groups < FEWEST_SOURCES) return 'too_few'
  if (among && mayPeopleDisagree(among)) return 'people_disagree'
  if (!isAbove(spearman.low, 0)) return 'uncalibrated'
  // Beside the correlation, not instead of it: who agrees with nobody is not far behind people who hardly agree.
  if (among && !isAbove(among.difference.low, -MARGIN)) return 'uncalibrated'
  const days = (Date.parse(now) - Date.parse(then)) / 86_400_000
  return days > STALE_AFTER_DAYS ? 'stale' : 'calibrated'
}

/** Whether the raters may agree with each other no more than a judge is allowed to stay behind them. Of one opinion on all, they do agree. */
export function mayPeopleDisagree({
  alpha_people: alpha,
  alpha_people_low: low,
}: Pick<PeopleAgreement, 'alpha_people' | 'alpha_people_low'>): boolean {
  return alpha !== null && !isAbove(low, MARGIN)
}

/** A bound that is missing, also from a run of an older ep23, is above nothing. */
function isAbove(low: number | null | undefined, least: number): boolean {
  return typeof low === 'number' && low > least
}

/** The judge of a run with what was known of it; undefined for runs of an ep23 that knew of no calibrations. */
export function instrumentOf(run: {
  identity: {judge: {name: string; signature: string; model: string | null}}
  started_at: string
  calibrations: readonly ScoreCalibration[]
  require_calibration: boolean
}): Instrument | undefined {
  const {identity, started_at: at, calibrations: known, require_calibration: required} = run
  if ((known as unknown) === undefined) return undefined
  const {name: judge, signature, model} = identity.judge
  return {judge, signature, model, at, known, required}
}
