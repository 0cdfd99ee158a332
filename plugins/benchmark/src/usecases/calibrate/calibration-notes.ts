import type {HalvesReport, RaterAgreement} from '../../domain/calibration.js'
import type {LabelledSummary} from '../../domain/label.js'
import {englishCount} from '../../domain/telling/told.js'

/** Customary bounds of Krippendorff's alpha (2004): conclusions below the first are not safe, the second is the aim. */
const ALPHA_SAFE = 0.667
const ALPHA_AIM = 0.8
const FEWEST_ROWS = 5
const FEW_ROWS = 100
const FEW_GROUPS = 10

/** What the numbers do not show, one sentence each. */
export function calibrationNotes(
  labels: readonly LabelledSummary[],
  raters: readonly RaterAgreement[],
  halves: HalvesReport | null,
): string[] {
  const groups = new Set(labels.map(({group}) => group)).size
  return [
    ...fewLabels(labels.length),
    ...(groups < FEW_GROUPS && groups < labels.length
      ? [
          `the labels are of ${groups} source${groups === 1 ? '' : 's'}: rows of one source are alike, so the intervals are too narrow for other sources`,
        ]
      : []),
    ...raters.filter(({kind}) => kind === 'judge').flatMap(judgeNote),
    ...(halves === null ? ['too few labels to fit on halves'] : [halvesNote(halves)]),
    'the weights of lexical.informativeness were once fitted to such labels: where they are these, its row flatters it and the halves do not',
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

function halvesNote({
  composite,
  equal_weights: equal,
  rouge_l: rouge,
  beats_rouge_l: beats,
  repetitions,
}: HalvesReport): string {
  return (
    `fitted on one half and measured on the other (${repetitions} times), the composite correlates ${composite.mean.toFixed(2)} with people, ` +
    `with equal weights ${equal.mean.toFixed(2)}, ROUGE-L ${rouge.mean.toFixed(2)}; it beats ROUGE-L in ${Math.round(beats * 100)} % of the halves`
  )
}
