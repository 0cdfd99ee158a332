import {badDataError, ownField} from '@ep23/sdk'
import {
  adjustedValue,
  type CovariateAdjustment,
  type CovariateRow,
  fitCovariate,
  lagOneCorrelation,
  mean,
  quantile,
  sampleVariance,
  standardDeviation,
} from '@ep23/statistics'

import {type BoardJudge, type BoardLine, isMeasuredDay, isSameJudge, judgeText, measuredChannels} from './board-line.js'
import {daysBetween} from './calendar.js'
import {message} from '../words/words.js'

export const FEWEST_BASELINE_DAYS = 28

/** One score of the blessed days. */
export interface ScoreBaseline {
  adjustment: CovariateAdjustment
  /**
   * Of the channels in a day's mean: 1/(v + median v) with v the variance of what the adjustment leaves of the channel. A channel of few
   * posts is noisy and would drown the others; half of the weight is shared, so that none decides alone.
   */
  weights: Readonly<Record<string, number>>
  /** The day's mean after the adjustment, day by day; null for a day that was not measured. */
  days: readonly (number | null)[]
  standard_deviation: number
}

/** Days that somebody has called good. Frozen: a baseline that moved along would follow a decline. */
export interface Baseline {
  format: 1
  from: string
  to: string
  judge: BoardJudge
  /** Whether scores are adjusted for the length of their sources. */
  adjusted: boolean
  /** Days wanted between false alarms. */
  days_between_alarms: number
  /** Correlation of a day with the day before, one for all scores. */
  correlation: number
  /** Scores that do not vary say nothing and are absent; one at least is there. */
  scores: Readonly<Record<string, ScoreBaseline>>
  anchors: readonly Anchor[]
}

/** A digest that is judged anew every day, with what it was given when it was blessed. */
export interface Anchor {
  sample_id: string
  scores: Readonly<Record<string, number>>
}

export interface BaselineOptions {
  from: string
  to: string
  adjusted: boolean
  daysBetweenAlarms: number
  anchors: readonly Anchor[]
}

/**
 * What the board's days from one to another say of a usual day.
 * @throws Ep23Error DAILY_BASELINE_SHORT, DAILY_SEVERAL_JUDGES, DAILY_BASELINE_FLAT (65)
 */
export function makeBaseline(lines: readonly BoardLine[], options: BaselineOptions): Baseline {
  const {from, to, adjusted, daysBetweenAlarms, anchors} = options
  const measured = lines.filter(line => line.day >= from && line.day <= to && isMeasuredDay(line))
  refuseShort(measured, options)
  const judge = onlyJudge(measured)
  const names = new Set(measured.flatMap(line => measuredChannels(line).flatMap(([, {scores}]) => Object.keys(scores))))
  const scores = Object.fromEntries(
    [...names].sort().flatMap(score => {
      const baseline = scoreBaseline(score, measured, options)
      return baseline === undefined ? [] : [[score, baseline]]
    }),
  )
  refuseFlat(scores, options)
  const correlations = Object.values(scores).map(({days}) => lagOneCorrelation(days.map(day => day ?? undefined)) ?? 0)
  return {
    ...{format: 1, from, to, judge, adjusted, days_between_alarms: daysBetweenAlarms},
    ...{correlation: mean(correlations), scores, anchors},
  }
}

/** The weighted mean over the channels of what a day's score is above or below what the baseline lets expect; undefined where none is. */
export function dayValue(
  line: Pick<BoardLine, 'channels'>,
  score: string,
  {adjustment, weights}: Pick<ScoreBaseline, 'adjustment' | 'weights'>,
): number | undefined {
  const values = Object.entries(channelValues(line, score, adjustment))
  if (values.length === 0 || !isMeasuredDay(line)) return undefined
  const weightOf = (channel: string) => ownField(weights, channel) ?? 0
  const total = values.reduce((sum, [channel]) => sum + weightOf(channel), 0)
  return values.reduce((sum, [channel, value]) => sum + weightOf(channel) * value, 0) / total
}

/** The same by channel; channels that the baseline does not know are left out. */
export function channelValues(
  line: Pick<BoardLine, 'channels'>,
  score: string,
  adjustment: CovariateAdjustment,
): Record<string, number> {
  return Object.fromEntries(
    rowsOf(line, score).flatMap(row => {
      const value = adjustedValue(row, adjustment)
      return value === undefined ? [] : [[row.group, value]]
    }),
  )
}

function scoreBaseline(
  score: string,
  measured: readonly BoardLine[],
  {from, to, adjusted}: BaselineOptions,
): ScoreBaseline | undefined {
  const rows = measured.flatMap(line => rowsOf(line, score))
  if (rows.length === 0) return undefined
  const fitted = fitCovariate(rows)
  const adjustment = adjusted ? fitted : {...fitted, slope: 0}
  const weights = channelWeights(rows, adjustment)
  const values = new Map(measured.map(line => [line.day, dayValue(line, score, {adjustment, weights})]))
  const known = [...values.values()].filter(value => value !== undefined)
  const deviation = known.length < FEWEST_BASELINE_DAYS ? 0 : standardDeviation(known)
  if (deviation === 0) return undefined
  const days = daysBetween(from, to).map(day => values.get(day) ?? null)
  return {adjustment, weights, days, standard_deviation: deviation}
}

function channelWeights(rows: readonly CovariateRow[], adjustment: CovariateAdjustment): Record<string, number> {
  const variances = [...Map.groupBy(rows, ({group}) => group)].map(([channel, own]) => {
    const left = own.map(row => adjustedValue(row, adjustment) ?? 0)
    return [channel, left.length < 2 ? Number.NaN : sampleVariance(left)] as const
  })
  const known = variances.flatMap(([, variance]) => (variance > 0 ? [variance] : []))
  const middle = known.length === 0 ? 1 : quantile(known, 0.5)
  return Object.fromEntries(
    variances.map(([channel, variance]) => [channel, 1 / ((Number.isNaN(variance) ? middle : variance) + middle)]),
  )
}

function rowsOf(line: Pick<BoardLine, 'channels'>, score: string): CovariateRow[] {
  return measuredChannels(line).flatMap(([group, {scores, source_characters: characters}]) => {
    const value = ownField(scores, score)
    return value === undefined ? [] : [{group, value, covariate: Math.log(Math.max(1, characters))}]
  })
}

function refuseShort(measured: readonly BoardLine[], {from, to}: BaselineOptions): void {
  if (measured.length >= FEWEST_BASELINE_DAYS) return
  throw badDataError(
    'DAILY_BASELINE_SHORT',
    message('tooFewMeasured', {measured: measured.length, from, to, fewest: FEWEST_BASELINE_DAYS}),
    [message('seeMeasured'), message('waitOrEarlier')],
  )
}

function refuseFlat(scores: Baseline['scores'], {from, to}: BaselineOptions): void {
  if (Object.keys(scores).length > 0) return
  throw badDataError('DAILY_BASELINE_FLAT', message('noScoreVaries', {from, to}), [message('daysOrJudgeThatVary')])
}

function onlyJudge(measured: readonly BoardLine[]): BoardJudge {
  const all = measured.flatMap(({judge}) => judge ?? [])
  const judges = all.filter((judge, i) => all.findIndex(other => isSameJudge(other, judge)) === i)
  const [judge, ...others] = judges
  if (judge !== undefined && others.length === 0) return judge
  throw badDataError(
    'DAILY_SEVERAL_JUDGES',
    message('severalJudges', {count: judges.length, judges: judges.map(judgeText).join(', ')}),
    [message('daysOfOneJudge')],
  )
}
