import {ownField} from '@ep23/sdk'
import {
  alternativeAnnotatorTest,
  bootstrapInterval,
  type BootstrapOptions,
  fitCovariate,
  mean,
  type Measurement,
  predictionPoweredMean,
  spearman,
} from '@ep23/statistics'

import type {ScoreCalibration} from '../../domain/calibration.js'
import type {PeopleAgreement} from '../../domain/people-agreement.js'
import type {Split} from '../../domain/label/label-plan.js'
import {intervalFacts} from '../../domain/interval-facts.js'
import {alphaOf} from '../label/agreement.js'
import {countedLabels, type LabelledPlan} from '../label/labels.js'
import {onLabelScale} from '../label/reveal-items.js'
import {type JudgedText, keyOf, type LabelledRow, labelledRows} from './labelled-rows.js'

export interface AmongPeopleOptions extends BootstrapOptions {
  part: Split | 'all'
  judge: string
  signature: string
  labelsSha256: string
  heldOutUses: number
  at: string
}

/** Bounds of the middle 90 %: the lower one is passed by chance in 5 %. */
const ONE_SIDED = 0.9

/** Every score of the plan that anybody labelled: the judge among its people. */
export function judgeAmongPeople(
  labelled: LabelledPlan,
  texts: readonly JudgedText[],
  options: AmongPeopleOptions,
): ScoreCalibration[] {
  return labelled.plan.scores.flatMap(score => {
    const rows = labelledRows(labelled, texts, {score, part: options.part})
    return rows.length === 0 ? [] : [calibrationOf(score, rows, labelled, texts, options)]
  })
}

function calibrationOf(
  score: string,
  rows: readonly LabelledRow[],
  labelled: LabelledPlan,
  texts: readonly JudgedText[],
  options: AmongPeopleOptions,
): ScoreCalibration {
  const {judge, signature, labelsSha256, at} = options
  const sources = [...Map.groupBy(rows, ({source}) => source).values()]
  const correlation = bootstrapInterval(sources, drawn => rankCorrelation(drawn.flat()), options)
  const {estimate, low, high, confidence} = intervalFacts(correlation)
  return {
    judge,
    signature,
    score,
    spearman: {estimate, low, high, confidence},
    given_length: null,
    krippendorff_alpha: judgeAlpha(rows) ?? null,
    rows: rows.length,
    groups: sources.length,
    labels_sha256: labelsSha256,
    rubric: labelled.rubricId,
    at,
    people: peopleOf(score, rows, sources, labelled, texts, options),
  }
}

function peopleOf(
  score: string,
  rows: readonly LabelledRow[],
  sources: readonly (readonly LabelledRow[])[],
  labelled: LabelledPlan,
  texts: readonly JudgedText[],
  options: AmongPeopleOptions,
): PeopleAgreement {
  const apart = bootstrapInterval(sources, drawn => difference(drawn.flat()), {...options, confidence: ONE_SIDED})
  const {estimate, low, high, confidence} = intervalFacts(apart)
  const raters = countedLabels(labelled).flatMap(({rater, scores}) =>
    ownField(scores, score) === undefined ? [] : [rater],
  )
  return {
    raters: [...new Set(raters)],
    doubly_labelled: rows.filter(({labels}) => labels.length > 1).length,
    alpha_people: peopleAlpha(rows) ?? null,
    alpha_judge: judgeAlpha(rows) ?? null,
    difference: {estimate, low, high, confidence},
    alt_test: altTest(rows),
    estimate: estimateOf(score, rows, labelled, texts),
    length_slope: rows.length < 2 ? null : lengthSlope(rows),
    part: options.part,
    held_out_uses: options.heldOutUses,
  }
}

function rankCorrelation(rows: readonly LabelledRow[]): Measurement {
  return spearman(
    rows.map(({judge}) => judge),
    rows.map(({labels}) => mean(labels)),
  )
}

function peopleAlpha(rows: readonly LabelledRow[]): Measurement {
  return alphaOf(
    rows.map(({labels}) => ({values: labels})),
    'ordinal',
  )
}

/** Each person's label beside the judge's score as a label. */
function judgeAlpha(rows: readonly LabelledRow[]): Measurement {
  return alphaOf(
    rows.flatMap(({labels, judge}) => labels.map(label => ({values: [label, Math.round(judge)]}))),
    'ordinal',
  )
}

/** On what two people labelled: the same digests for both alphas. */
function difference(rows: readonly LabelledRow[]): Measurement {
  const doubly = rows.filter(({labels}) => labels.length > 1)
  const [own, theirs] = [judgeAlpha(doubly), peopleAlpha(doubly)]
  return own === undefined || theirs === undefined ? undefined : own - theirs
}

function altTest(rows: readonly LabelledRow[]): PeopleAgreement['alt_test'] {
  const found = alternativeAnnotatorTest(rows.map(({judge, byRater}) => ({judge, labels: byRater})))
  return found ? {winning_rate: found.winning_rate, advantage: found.advantage} : null
}

function estimateOf(
  score: string,
  rows: readonly LabelledRow[],
  {plan}: LabelledPlan,
  texts: readonly JudgedText[],
): PeopleAgreement['estimate'] {
  const taken = new Set(rows.map(row => row.key))
  // Where items were taken by uncertainty, what is left is no sample of the pool: the whole pool stands for itself.
  const others = texts.filter(
    ({run_id, sample}) => plan.sampling === 'uncertain' || !taken.has(keyOf(run_id, sample.sample_id)),
  )
  const unlabelled = others.flatMap(({scores, sample}) => {
    const value = scores[score]
    return value === undefined ? [] : [{prediction: onLabelScale(value), cluster: sample.sample_id}]
  })
  const found = predictionPoweredMean(
    rows.map(({labels, judge, source, weight}) => ({
      label: mean(labels),
      prediction: judge,
      cluster: source,
      ...(plan.sampling === 'uncertain' && {weight}),
    })),
    unlabelled,
  )
  const {estimate, low, high} = intervalFacts(found, [1, 5])
  return {
    mean: estimate ?? 0,
    low,
    high,
    lambda: found.lambda,
    digests: texts.length,
    labels_alone: found.labelsAlone.estimate ?? 0,
  }
}

/** What the judge gives beyond the people, by the length. */
function lengthSlope(rows: readonly LabelledRow[]): number {
  return fitCovariate(
    rows.map(({labels, judge, length}) => ({group: 'all', value: judge - mean(labels), covariate: length})),
  ).slope
}
