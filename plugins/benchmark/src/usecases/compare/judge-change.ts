import {type MeanSpread, moreForEffect, mcNemarP, outcomeFlips} from '@ep23/statistics'

import type {
  ChangeCause,
  ChangeVerdict,
  DecidedBy,
  MetricComparison,
  FlipFacts,
  FlippedSample,
} from '../../domain/comparison.js'
import type {Gate} from '../../domain/verdict.js'
import type {MissingPairs} from './missing-pairs.js'

export type Evidence = Omit<MetricComparison, 'verdict' | 'cause' | 'reason' | 'more'>
type Judged = Pick<MetricComparison, 'verdict' | 'cause' | 'more'>
interface Settings {
  confidence: number
  decidedBy: DecidedBy
  /** Whether the change of what was measured is shown to be smaller than the margin. */
  withinMargin: boolean
  missing: MissingPairs
  /** Metrics that Holm adjusts over. */
  family: number
  spread: MeanSpread | undefined
}

/**
 * Worse or better needs a Holm-adjusted p below 1 − confidence and an interval on one side of zero, and of a latency more than the
 * margin; no difference needs an equivalence test that holds whatever the dropped pairs are; everything else is undecided. p and
 * interval are those of samples or of channels, as the comparison is decided.
 */
export function judgeChange(evidence: Evidence, settings: Settings): Judged {
  const {confidence, withinMargin, missing, decidedBy} = settings
  const {difference, clustered_difference: clustered, better, margin, pairs} = evidence
  if (pairs === 0 || difference.estimate === null) return unknown({code: 'no_pairs'})
  if (decidedBy === 'channel' && clustered === null) return unknown({code: 'one_channel'})
  const {low, high} = (decidedBy === 'channel' ? clustered : null) ?? difference
  const p = (decidedBy === 'channel' ? evidence.channel_test?.p_holm : evidence.test?.p_holm) ?? 1
  const alpha = 1 - confidence
  const isNoticed = better === 'higher' || Math.abs(difference.estimate) > margin
  if (p < alpha && isOneSided(low, high) && isNoticed) {
    const improved = difference.estimate > 0 === (better === 'higher')
    return {verdict: improved ? 'better' : 'worse', cause: {code: 'change_shown', p, alpha}, more: null}
  }
  if (withinMargin && missing.withinMargin)
    return {verdict: 'no_difference', cause: {code: 'within_margin', margin}, more: null}
  if (withinMargin)
    return unknown({
      ...{code: 'missing_decide', pairs, margin},
      ...{missing: missing.samples.length, samples: missing.samples.slice(0, LARGEST)},
    })
  // Few differences that hardly differ: their interval is narrow, and yet a large one may have been missed.
  if (low !== null && high !== null && low >= -margin && high <= margin) return unknown({code: 'too_few_pairs', pairs})
  return nothingShown(evidence, settings)
}

/** One verdict for several: worse wins over better, and what is undecided over no difference. */
export function joinVerdicts(verdicts: readonly ChangeVerdict[]): ChangeVerdict {
  const order: readonly ChangeVerdict[] = ['worse', 'better', 'undecided', 'no_difference']
  return order.find(verdict => verdicts.includes(verdict)) ?? 'undecided'
}

// Where few samples moved a lot, the test of signs and the interval of the mean may disagree; then nothing is shown.
function isOneSided(low: number | null, high: number | null): boolean {
  return low !== null && high !== null && (low > 0 || high < 0)
}

function nothingShown(
  {minimum_detectable_effect: finds, pairs, margin}: Evidence,
  {spread, family, confidence}: Settings,
): Judged {
  if (finds === null || !spread?.varies) return unknown({code: 'too_few_pairs', pairs})
  return {
    verdict: 'undecided',
    cause: {code: 'nothing_shown', pairs, channels: spread.clusters ?? null, finds, margin},
    more: moreForEffect(spread, margin, {tests: family, confidence}) ?? null,
  }
}

function unknown(cause: ChangeCause): Judged {
  return {verdict: 'undecided', cause, more: null}
}

const LARGEST = 10

/** Which samples crossed the gate's pass threshold, and whether more went one way than the other. */
export function flipFacts(samples: readonly FlippedSample[], gate: Gate): FlipFacts {
  const passes = (value: number): boolean => (gate.direction === 'at_least' ? value >= gate.pass : value <= gate.pass)
  const {improved, worsened, unchanged} = outcomeFlips(
    samples.map(({before}) => passes(before)),
    samples.map(({after}) => passes(after)),
  )
  return {
    threshold: {pass: gate.pass, direction: gate.direction},
    improved: samples.filter(({before, after}) => !passes(before) && passes(after)),
    worsened: samples.filter(({before, after}) => passes(before) && !passes(after)),
    unchanged,
    p: mcNemarP({improved, worsened}),
  }
}

export function largestChanges(samples: readonly FlippedSample[]): FlippedSample[] {
  return samples
    .filter(({before, after}) => before !== after)
    .toSorted((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before))
    .slice(0, LARGEST)
}
