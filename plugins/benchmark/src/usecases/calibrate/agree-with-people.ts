import {
  confusionTable,
  type Estimate,
  gwetAc1,
  kendallTauB,
  krippendorffAlpha,
  type Measurement,
  pairIntervalSteps,
  spearman,
  weightedKappa,
  quantile,
} from '@ep23/statistics'

import type {RaterAgreement, RaterValues, LabelledSummary} from '../../domain/calibration.js'
import {FEWEST_SOURCES} from '../../domain/calibration-status.js'
import {intervalFacts, type IntervalFacts} from '../../domain/interval-facts.js'

export interface CalibrationSettings {
  seed: number
  resamples: number
  confidence: number
}

/** Fewest rows of a group whose own correlation says anything. */
const FEWEST_IN_GROUP = 5

/**
 * Holds one rater against the people; what conclusions rest on, Spearman and alpha, with bootstrap intervals over the sources: rows of one
 * are alike. It stops after each resample: of thousands of rows they take many seconds.
 */
export function* agreeWithPeople(
  {name, kind, signature, model, values}: RaterValues,
  labels: readonly LabelledSummary[],
  {scale, lengths}: {scale: readonly number[]; lengths: readonly number[]},
  settings: CalibrationSettings,
): Generator<undefined, RaterAgreement> {
  const given = labels.map(({human_score}) => human_score)
  const scaling = kind === 'measure' ? 'matched' : 'linear'
  const rated = (scaling === 'matched' ? matchedLabels(scale, given) : linearLabels(scale))(values)
  const overSources = {...settings, clusters: labels.map(({group}) => group)}
  const measured = values.filter(value => value !== undefined).length
  return {
    name,
    kind,
    signature,
    model,
    measured,
    unmeasured: values.length - measured,
    spearman: sourceFacts(yield* pairIntervalSteps(values, given, spearman, overSources)),
    kendall: overMeasured(values, given, kendallTauB),
    within_groups: withinGroups(values, labels) ?? null,
    given_length: givenLength(values, given, lengths) ?? null,
    scaling,
    weighted_kappa: overMeasured(rated, given, (own, people) => kappaOn(scale)(people, own)),
    krippendorff_alpha: sourceFacts(yield* pairIntervalSteps(given, rated, ordinalAlpha, overSources)),
    gwet_ac1:
      gwetAc1(
        given.map((score, i) => [score, rated[i]]),
        scale,
      ) ?? null,
    confusion: {labels: scale, counts: confusionTable(given, rated, scale).counts},
  }
}

/** Of few sources hardly any resample differs from the others: their spread bounds nothing. */
function sourceFacts(interval: Estimate): IntervalFacts {
  const isBounded = (interval.clusters ?? 0) >= FEWEST_SOURCES
  return intervalFacts(isBounded ? interval : {...interval, low: undefined, high: undefined})
}

/**
 * Partial rank correlation of x and y given z: (r_xy − r_xz r_yz) / √((1 − r_xz²)(1 − r_yz²)). Long summaries say more and are liked
 * more; what is left here is what the rater knows beyond length.
 */
function givenLength(values: RaterValues['values'], given: readonly number[], lengths: readonly number[]): Measurement {
  const {own: x, beside: y} = whereMeasured(values, given)
  const {beside: z} = whereMeasured(values, lengths)
  const [xy, xz, yz] = [spearman(x, y), spearman(x, z), spearman(y, z)]
  if (xy === undefined || xz === undefined || yz === undefined) return undefined
  const left = (1 - xz ** 2) * (1 - yz ** 2)
  return left > 1e-12 ? (xy - xz * yz) / Math.sqrt(left) : undefined
}

/** Rows of one group share a source; a rater that only tells sources apart has nothing here. */
function withinGroups(values: RaterValues['values'], labels: readonly LabelledSummary[]): Measurement {
  const rows = labels.map(({group, human_score}, i) => ({group, human_score, value: values[i]}))
  const groups = [...Map.groupBy(rows.filter(hasValue), ({group}) => group).values()]
    .filter(group => group.length >= FEWEST_IN_GROUP)
    .map(group => ({
      size: group.length,
      own: spearman(
        group.map(({value}) => value),
        group.map(({human_score}) => human_score),
      ),
    }))
  const known = groups.filter(({own}) => own !== undefined)
  const total = known.reduce((sum, {size}) => sum + size, 0)
  return total === 0 ? undefined : known.reduce((sum, {size, own}) => sum + size * (own ?? 0), 0) / total
}

function hasValue<T extends {value: number | undefined}>(row: T): row is T & {value: number} {
  return row.value !== undefined
}

/** A statistic over the rows that the rater measured. */
function overMeasured(
  values: RaterValues['values'],
  given: readonly number[],
  statistic: (own: readonly number[], people: readonly number[]) => Measurement,
): number | null {
  const {own, beside} = whereMeasured(values, given)
  return statistic(own, beside) ?? null
}

/** The rater's values without gaps, and the numbers that stand beside them in the same rows. */
function whereMeasured(values: RaterValues['values'], numbers: readonly number[]): {own: number[]; beside: number[]} {
  return {
    own: values.filter(value => value !== undefined),
    beside: numbers.filter((_, row) => values[row] !== undefined),
  }
}

function kappaOn(scale: readonly number[]) {
  return (xs: readonly number[], ys: readonly number[]): Measurement =>
    weightedKappa(confusionTable(xs, ys, scale), 'quadratic')
}

function ordinalAlpha(xs: readonly number[], ys: readonly number[]): Measurement {
  return krippendorffAlpha(
    xs.map((x, i) => [x, ys[i]]),
    'ordinal',
  )
}

/** Values of a rater as labels of the people's scale. */
type ToLabels = (values: readonly (number | undefined)[]) => (number | undefined)[]

/** Judges score 0 … 1: the ends are the ends of the scale, and a value is the label nearest to it. */
export function linearLabels(labels: readonly number[]): ToLabels {
  const {lowest, highest} = endsOf(labels)
  return values =>
    values.map(value => (value === undefined ? undefined : nearest(labels, lowest + value * (highest - lowest))))
}

/**
 * Measures have no scale of their own: their values get the people's distribution, the lowest values the lowest label and so on.
 * Agreement is then about order alone.
 */
export function matchedLabels(labels: readonly number[], given: readonly number[]): ToLabels {
  return values => {
    const known = values.filter(value => value !== undefined)
    if (known.length === 0) return values.map(() => undefined)
    const bounds = labels.slice(0, -1).map(label => {
      const share = given.filter(score => score <= label).length / given.length
      return quantile(known, share)
    })
    return values.map(value => (value === undefined ? undefined : labels[bounds.filter(bound => value > bound).length]))
  }
}

/** Distinct scores that people gave, ascending; whole steps between them included when all are whole numbers. */
export function scaleOf(scores: readonly number[]): number[] {
  const met = [...new Set(scores)].toSorted((a, b) => a - b)
  if (!met.every(Number.isInteger) || met.length < 2) return met
  const {lowest, highest} = endsOf(met)
  return highest - lowest > 100 ? met : Array.from({length: highest - lowest + 1}, (_, step) => lowest + step)
}

function nearest(labels: readonly number[], value: number): number {
  return labels.reduce((best, label) => (Math.abs(label - value) < Math.abs(best - value) ? label : best))
}

/** @throws RangeError for a scale without labels */
export function endsOf(scale: readonly number[]): {lowest: number; highest: number} {
  const [lowest, highest] = [scale[0], scale.at(-1)]
  if (lowest === undefined || highest === undefined) throw new RangeError('the scale has no labels')
  return {lowest, highest}
}
