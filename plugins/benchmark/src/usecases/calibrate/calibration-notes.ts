import type {RaterAgreement} from '../../domain/calibration.js'
import type {LabelledSummary} from '../../domain/label.js'
import {englishCount} from '../../domain/telling/told.js'

/** Customary bounds of Krippendorff's alpha (2004): conclusions below the first are not safe, the second is the aim. */
const ALPHA_SAFE = 0.667
const ALPHA_AIM = 0.8
const FEWEST_ROWS = 5
const FEW_ROWS = 100
const FEW_GROUPS = 10
/** A correlation that explains less than a tenth of the order. */
const WEAK = 0.3

/** What the numbers do not show, one sentence each. */
export function calibrationNotes(labels: readonly LabelledSummary[], raters: readonly RaterAgreement[]): string[] {
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
