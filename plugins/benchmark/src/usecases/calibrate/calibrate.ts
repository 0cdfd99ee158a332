import {inTurns, type Judge, type Progress, type StepReport} from '@ep23/sdk'

import type {Calibration, RaterAgreement, RaterValues, LabelledSummary} from '../../domain/calibration.js'
import {englishCount} from '../../domain/messages/localized-text.js'
import {agreeWithPeople, type CalibrationSettings, endsOf, scaleOf} from './agree-with-people.js'
import {featuresOf, lengthsOf, rateByFeatures, rateByJudge, rateByMeasures} from './rate-labels.js'

export interface CalibrateDeps {
  progress: Progress
  signal: AbortSignal
  judges: readonly Judge[]
  /** Under which the lexical features stand. */
  lexicalSignature: string
}

export interface CalibrateOptions extends CalibrationSettings {
  file: string
  sha256: string
}

/** Rates every labelled summary with every measure, feature and judge, and holds the ratings against the people's. */
export async function calibrate(
  {progress, signal, judges, lexicalSignature}: CalibrateDeps,
  labels: readonly LabelledSummary[],
  {file, sha256, ...settings}: CalibrateOptions,
): Promise<Calibration> {
  const scale = scaleOf(labels.map(({human_score}) => human_score))
  const titles = ['Compute measures', ...judges.map(askTitle), 'Compare with people']
  const agreements = await progress.steps(titles, async ({step}) => {
    const raters = await step('Compute measures', async () => [
      ...(await inTurns(rateByMeasures(labels), signal)),
      ...rateByFeatures(await inTurns(featuresOf(labels), signal), lexicalSignature),
    ])
    for (const judge of judges)
      raters.push(...(await step(askTitle(judge), report => askJudge(judge, labels, {signal, report}))))
    const lengths = lengthsOf(labels)
    return step('Compare with people', async report => {
      const compared: RaterAgreement[] = []
      for (const rater of raters) {
        compared.push(await inTurns(agreeWithPeople(rater, labels, {scale, lengths}, settings), signal))
        report.advance(compared.length, raters.length, 'raters')
      }
      return compared
    })
  })
  return {
    labels: {file, sha256, rows: labels.length, groups: groupsOf(labels), scale: {...endsOf(scale), labels: scale}},
    settings,
    raters: agreements.toSorted(byCorrelation),
    saved: [],
    notes: calibrationNotes(labels, agreements),
  }
}

function askTitle({name}: Judge): string {
  return `Ask the ${name} judge`
}

function askJudge(
  judge: Judge,
  labels: readonly LabelledSummary[],
  {signal, report}: {signal: AbortSignal; report: StepReport},
): Promise<RaterValues[]> {
  const onRated = (rated: number): void => report.advance(rated, labels.length, 'summaries')
  return rateByJudge(judge, labels, {signal, onRated})
}

function groupsOf(labels: readonly LabelledSummary[]): number {
  return new Set(labels.map(({group}) => group)).size
}

function byCorrelation(a: RaterAgreement, b: RaterAgreement): number {
  return (b.spearman.estimate ?? -2) - (a.spearman.estimate ?? -2)
}

/** Customary bounds of Krippendorff's alpha (2004): conclusions below the first are not safe, the second is the aim. */
const ALPHA_SAFE = 0.667
const ALPHA_AIM = 0.8
const FEWEST_ROWS = 5
const FEW_ROWS = 100
const FEW_GROUPS = 10
/** A correlation that explains less than a tenth of the order. */
const WEAK = 0.3

/** What the numbers do not show, one sentence each. */
function calibrationNotes(labels: readonly LabelledSummary[], raters: readonly RaterAgreement[]): string[] {
  const groups = groupsOf(labels)
  return [
    ...fewLabels(labels.length),
    ...(groups < FEW_GROUPS && groups < labels.length
      ? [
          `the labels are of ${groups} source${groups === 1 ? '' : 's'}: rows of one source are alike, so the intervals are too narrow for other sources`,
        ]
      : []),
    ...raters.filter(({kind}) => kind === 'judge').flatMap(judgeNote),
    ...raters.filter(({kind}) => kind === 'judge').flatMap(lengthNote),
    'correlation is about order: it does not make a threshold of 0.9 mean what people call good',
  ]
}

function fewLabels(count: number): string[] {
  if (count < FEWEST_ROWS)
    return [`${englishCount(count, 'label')}: no correlation can be told from so few, give at least 30`]
  return count < FEW_ROWS ? [`${count} labels: the intervals are wide, and close raters cannot be told apart`] : []
}

function judgeNote({name, krippendorff_alpha: alpha, unmeasured, measured}: RaterAgreement): string[] {
  const missing = unmeasured > 0 ? [`${name} left ${unmeasured} of ${measured + unmeasured} summaries unmeasured`] : []
  if (alpha.estimate === null) return missing
  if (alpha.estimate < ALPHA_SAFE)
    return [
      ...missing,
      `${name} has alpha ${alpha.estimate.toFixed(2)} < ${ALPHA_SAFE}: it cannot stand in for these people`,
    ]
  return alpha.estimate < ALPHA_AIM
    ? [
        ...missing,
        `${name} has alpha ${alpha.estimate.toFixed(2)}, below the aim of ${ALPHA_AIM}: tentative conclusions only`,
      ]
    : missing
}

/** A judge that knows a summary's length and nothing more. */
function lengthNote({name, spearman, given_length: given}: RaterAgreement): string[] {
  if (given === null || spearman.estimate === null || spearman.estimate < WEAK || given >= WEAK) return []
  return [`${name}: of ${spearman.estimate.toFixed(2)} only ${given.toFixed(2)} is left with the length held fixed`]
}
