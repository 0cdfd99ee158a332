import type {Judge, Progress} from '@ep23/sdk'

import type {Calibration, RaterAgreement, RaterValues, LabelledSummary} from '../../domain/calibration.js'
import {englishCount} from '../../domain/telling/told.js'
import {agreeWithPeople, type CalibrationSettings, scaleOf} from './agree-with-people.js'
import {featuresOf, lengthsOf, rateByFeatures, rateByJudge, rateByMeasures} from './rate-labels.js'

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
  const groups = new Set(labels.map(({group}) => group)).size
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

interface State {
  raters: RaterValues[]
  agreements: RaterAgreement[]
}

/** Rates every labelled summary with every measure, feature and judge, and holds the ratings against the people's. */
export async function calibrate(
  {progress, signal, judges, lexicalSignature}: CalibrateDeps,
  labels: readonly LabelledSummary[],
  {file, sha256, ...settings}: CalibrateOptions,
): Promise<Calibration> {
  const scale = scaleOf(labels.map(({human_score}) => human_score))
  const lengths = lengthsOf(labels)
  const state: State = {raters: [], agreements: []}
  await progress.run<State>(
    [
      {title: 'Compute measures', run: into => measure(into, labels, lexicalSignature)},
      ...judges.map(judge => ({
        title: `Ask the ${judge.name} judge`,
        run: async (into: State, report: {advance: (done: number, total?: number, unit?: string) => void}) => {
          const onRated = (rated: number): void => report.advance(rated, labels.length, 'summaries')
          into.raters.push(...(await rateByJudge(judge, labels, {signal, onRated})))
        },
      })),
      {
        title: 'Compare with people',
        run(into, report) {
          for (const [done, rater] of into.raters.entries()) {
            signal.throwIfAborted()
            into.agreements.push(agreeWithPeople(rater, labels, {scale, lengths}, settings))
            report.advance(done + 1, into.raters.length, 'raters')
          }
        },
      },
    ],
    state,
  )
  const groups = new Set(labels.map(({group}) => group)).size
  return {
    labels: {
      file,
      sha256,
      rows: labels.length,
      groups,
      scale: {lowest: scale[0] as number, highest: scale.at(-1) as number, labels: scale},
    },
    settings,
    raters: state.agreements.toSorted(byCorrelation),
    saved: [],
    notes: calibrationNotes(labels, state.agreements),
  }
}

function measure(into: State, labels: readonly LabelledSummary[], signature: string): void {
  into.raters.push(...rateByMeasures(labels), ...rateByFeatures(featuresOf(labels), signature))
}

function byCorrelation(a: RaterAgreement, b: RaterAgreement): number {
  return (b.spearman.estimate ?? -2) - (a.spearman.estimate ?? -2)
}
