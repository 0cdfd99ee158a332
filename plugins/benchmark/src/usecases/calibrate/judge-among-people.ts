import {ownField} from '@ep23/sdk'
import {
  alternativeAnnotatorTest,
  type BootstrapOptions,
  fitCovariate,
  mean,
  predictionPoweredMean,
} from '@ep23/statistics'

import type {ScoreCalibration} from '../../domain/calibration.js'
import type {PeopleAgreement} from '../../domain/people-agreement.js'
import type {Split} from '../../domain/label/label-plan.js'
import {intervalFacts} from '../../domain/interval-facts.js'
import {countedLabels, type LabelledPlan} from '../label/labels.js'
import {onLabelScale} from '../label/reveal-items.js'
import {agreementOfRows} from './agreement-of-rows.js'
import {type JudgedText, keyOf, type LabelledRow, labelledRows} from './labelled-rows.js'

export interface AmongPeopleOptions extends BootstrapOptions {
  part: Split | 'all'
  judge: string
  signature: string
  model: string | null
  labelsSha256: string
  heldOutUses: number
  at: string
}

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
  const {judge, signature, model, labelsSha256, at} = options
  const {people, ...agreement} = agreementOfRows(rows, options)
  return {
    judge,
    signature,
    model,
    score,
    ...agreement,
    given_length: null,
    labels_sha256: labelsSha256,
    rubric: labelled.rubricId,
    at,
    people: {
      raters: ratersOf(score, labelled),
      ...people,
      alt_test: altTest(rows),
      estimate: estimateOf(score, rows, labelled, texts),
      length_slope: rows.length < 2 ? null : lengthSlope(rows),
      part: options.part,
      held_out_uses: options.heldOutUses,
    },
  }
}

function ratersOf(score: string, labelled: LabelledPlan): string[] {
  const labels = countedLabels(labelled).filter(({scores}) => ownField(scores, score) !== undefined)
  return [...new Set(labels.map(({rater}) => rater))]
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
