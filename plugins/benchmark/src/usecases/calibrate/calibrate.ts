import {inTurns, type Judge, type Message, type Progress, type StepReport, numbersMessage} from '@ep23/sdk'

import type {Calibration, RaterAgreement, RaterValues, LabelledSummary} from '../../domain/calibration.js'
import {FEWEST_SOURCES} from '../../domain/calibration-status.js'
import {agreeWithPeople, type CalibrationSettings, endsOf, scaleOf} from './agree-with-people.js'
import {featuresOf, lengthsOf, rateByFeatures, rateByJudge, rateByMeasures} from './rate-labels.js'
import {message} from '../../words/words.js'

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
/** A correlation that explains less than a tenth of the order. */
const WEAK = 0.3

/** What the numbers do not show, one sentence each. */
function calibrationNotes(labels: readonly LabelledSummary[], raters: readonly RaterAgreement[]): Message[] {
  const groups = groupsOf(labels)
  return [
    ...fewLabels(labels.length),
    ...(groups < FEWEST_SOURCES ? [message('fewSources', {sources: groups, fewest: FEWEST_SOURCES})] : []),
    ...raters.filter(({kind}) => kind === 'judge').flatMap(judgeNote),
    ...raters.filter(({kind}) => kind === 'judge').flatMap(lengthNote),
    message('onlyOrder'),
  ]
}

function fewLabels(count: number): Message[] {
  if (count < FEWEST_ROWS) return [message('tooFewLabels', {labels: count})]
  return count < FEW_ROWS ? [message('wideIntervals', {labels: count})] : []
}

function judgeNote({name, krippendorff_alpha: alpha, unmeasured, measured}: RaterAgreement): Message[] {
  const missing = unmeasured > 0 ? [message('leftUnmeasured', {name, unmeasured, all: measured + unmeasured})] : []
  if (alpha.estimate === null) return missing
  if (alpha.estimate < ALPHA_SAFE)
    return [
      ...missing,
      message('cannotStandIn', {name, alpha: numbersMessage(alpha.estimate.toFixed(2)), least: ALPHA_SAFE}),
    ]
  return alpha.estimate < ALPHA_AIM
    ? [...missing, message('tentative', {name, alpha: numbersMessage(alpha.estimate.toFixed(2)), aim: ALPHA_AIM})]
    : missing
}

/** A judge that knows a summary's length and nothing more. */
function lengthNote({name, spearman, given_length: given}: RaterAgreement): Message[] {
  if (given === null || spearman.estimate === null || spearman.estimate < WEAK || given >= WEAK) return []
  return [
    message('lengthFixed', {
      name,
      all: numbersMessage(spearman.estimate.toFixed(2)),
      given: numbersMessage(given.toFixed(2)),
    }),
  ]
}
