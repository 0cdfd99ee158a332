import {differenceInterval, isWithinMargin, type Measurement} from '@ep23/statistics'

import type {DecidedBy, MetricComparison} from '../../domain/comparison.js'

/** One metric of a sample that both runs have; undefined where it was not measured. */
export interface ScoredPair {
  sample_id: string
  channel: string
  before: Measurement
  after: Measurement
}

/** What the dropped pairs could do to the answer. */
export interface MissingPairs {
  /** Ids of the dropped samples. */
  samples: readonly string[]
  /** The ends that the interval of the difference can have; null where nothing was dropped, and where a scale has no ends. */
  bounds: MetricComparison['with_missing']
  /** Whether a change within the margin is within it whatever they are. */
  withinMargin: boolean
}

/** Scores lie in 0 … 1: a missing one lies anywhere in it (Horowitz and Manski 2000), as for gates. */
export function missingScores(
  pairs: readonly ScoredPair[],
  {margin, confidence, decidedBy}: {margin: number; confidence: number; decidedBy: DecidedBy},
): MissingPairs {
  const dropped = pairs.filter(({before, after}) => before === undefined || after === undefined)
  if (dropped.length === 0) return {samples: [], bounds: null, withinMargin: true}
  const options = {confidence, ...(decidedBy === 'channel' && {clusters: pairs.map(({channel}) => channel)})}
  const [lowest, highest] = [differencesAt(pairs, 0), differencesAt(pairs, 1)]
  const {low} = differenceInterval(lowest, options)
  const {high} = differenceInterval(highest, options)
  return {
    samples: dropped.map(({sample_id}) => sample_id),
    bounds: low === undefined || high === undefined ? null : {low, high},
    withinMargin: [lowest, highest].every(differences => isWithinMargin(differences, margin, options)),
  }
}

/**
 * A latency has no end: a lost one may be any, and then nothing shows that there is no difference. Where neither run has one nobody
 * ever measured it: nothing was lost.
 */
export function missingLatencies(pairs: readonly ScoredPair[]): MissingPairs {
  const lost = pairs.filter(({before, after}) => (before === undefined) !== (after === undefined))
  return {samples: lost.map(({sample_id}) => sample_id), bounds: null, withinMargin: lost.length === 0}
}

/** The least (0) or the greatest (1) that each difference can be. */
function differencesAt(pairs: readonly ScoredPair[], end: 0 | 1): number[] {
  return pairs.map(({before, after}) => (after ?? end) - (before ?? 1 - end))
}
