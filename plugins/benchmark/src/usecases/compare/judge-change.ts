import type {ChangeVerdict, MetricComparison} from '../../domain/comparison.js'
import type {ComparisonSettings} from './compare-metric.js'

type Evidence = Omit<MetricComparison, 'verdict' | 'reason'>

/**
 * Worse or better needs a Holm-adjusted p below 1 − confidence and an interval on one side of zero; no difference needs an interval
 * inside the margin (an equivalence test); everything else is undecided.
 */
export function judgeChange(
  evidence: Evidence,
  {confidence, margin}: Pick<ComparisonSettings, 'confidence' | 'margin'>,
): {verdict: ChangeVerdict; reason: string} {
  const {test, difference, better, mean_before: meanBefore} = evidence
  const alpha = 1 - confidence
  if (test === null || difference.estimate === null)
    return {verdict: 'undecided', reason: 'no sample was measured in both runs'}
  const {low, high} = difference
  if (test.p_holm < alpha && isOneSided(low, high)) {
    const improved = difference.estimate > 0 === (better === 'higher')
    return {verdict: improved ? 'better' : 'worse', reason: `p ${shown(test.p_holm)} < ${shown(alpha)} after Holm`}
  }
  const matters = better === 'lower' ? margin * (meanBefore ?? 0) : margin
  if (low !== null && high !== null && low >= -matters && high <= matters)
    return {verdict: 'no_difference', reason: `the whole interval lies within ±${shown(matters)}`}
  return {verdict: 'undecided', reason: undecidedReason(evidence, matters)}
}

// Where few samples moved a lot, the test of signs and the interval of the mean may disagree; then nothing is shown.
function isOneSided(low: number | null, high: number | null): boolean {
  return low !== null && high !== null && (low > 0 || high < 0)
}

/** One verdict for several: worse wins over better, and what is undecided over no difference. */
export function joinVerdicts(verdicts: readonly ChangeVerdict[]): ChangeVerdict {
  const order: readonly ChangeVerdict[] = ['worse', 'better', 'undecided', 'no_difference']
  return order.find(verdict => verdicts.includes(verdict)) ?? 'undecided'
}

function undecidedReason({minimum_detectable_effect: smallest, pairs}: Evidence, matters: number): string {
  if (smallest === null) return `${pairs} pair${pairs === 1 ? '' : 's'}: too few to say anything`
  return `neither a change nor its absence is shown: ${pairs} pairs find a change of ${shown(smallest)} in 80 % of cases, ±${shown(matters)} matters`
}

function shown(value: number): string {
  return String(Number(value.toPrecision(2)))
}
