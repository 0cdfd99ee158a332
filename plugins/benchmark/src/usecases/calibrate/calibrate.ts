import type {Judge, Progress} from '@ep23/sdk'

import type {Calibration, RaterAgreement, RaterValues} from '../../domain/calibration.js'
import type {LabelledSummary} from '../../domain/label.js'
import {agreeWithPeople, type CalibrationSettings} from './agree-with-people.js'
import {calibrationNotes} from './calibration-notes.js'
import {scaleOf} from './people-scale.js'
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
