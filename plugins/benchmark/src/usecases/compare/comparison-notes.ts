import type {Comparison, MetricComparison, Pairing} from '../../domain/comparison.js'
import type {RunResult} from '../../domain/run-result.js'
import {describeDifference, worthKnowing} from './run-differences.js'

/** What a reader must know before believing the verdict, one sentence each. */
export function comparisonNotes(
  before: RunResult,
  after: RunResult,
  pairing: Pairing,
  by_origin: Comparison['by_origin'],
): string[] {
  const metrics = Object.values(by_origin).flatMap(origin => origin.metrics)
  return [
    ...(pairing === 'day'
      ? ['the days compared have different sources: a difference may come from the news and not from the digests']
      : []),
    ...(after.scenario.live && !by_origin.telegram
      ? ['there is no real sample: synthetic ones alone decide nothing here']
      : []),
    ...worthKnowing(before.identity, after.identity).map(difference => `differs: ${describeDifference(difference)}`),
    ...fewClusters(metrics),
    ...metrics.flatMap(disagreement),
  ]
}

function fewClusters(metrics: readonly MetricComparison[]): string[] {
  const test = metrics.find(({clustered_test}) => isTooSmall(clustered_test))
  if (!test?.clustered_test || !test.clustered_difference) return []
  const {clusters = 0} = test.clustered_difference
  return [
    `${clusters} channels: a test by channel cannot give a p below ${Number(test.clustered_test.smallest_p.toPrecision(2))}, so the verdict is by sample`,
  ]
}

// Where no channel changed at all there was nothing to test: that is not for want of channels.
function isTooSmall(test: MetricComparison['clustered_test']): boolean {
  return test !== null && test.smallest_p > 0.05 && test.smallest_p < 1
}

function disagreement({metric, verdict, clustered_difference: clustered}: MetricComparison): string[] {
  if (verdict !== 'worse' && verdict !== 'better') return []
  if (!clustered || clustered.low === null || clustered.high === null) return []
  const holdsZero = clustered.low <= 0 && clustered.high >= 0
  return holdsZero
    ? [`${metric} is ${verdict} by sample, but the channels disagree: the interval by channel holds zero`]
    : []
}
