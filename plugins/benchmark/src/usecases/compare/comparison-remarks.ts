import type {Comparison, ComparisonRemark, DecidedBy, MetricComparison, Pairing} from '../../domain/comparison.js'
import type {RunResult} from '../../domain/run-result.js'
import {worthKnowing} from './run-differences.js'

interface Compared {
  pairing: Pairing
  decidedBy: DecidedBy
  by_origin: Comparison['by_origin']
}

/** What a reader must know before believing the verdict. */
export function comparisonRemarks(
  before: RunResult,
  after: RunResult,
  {pairing, decidedBy, by_origin}: Compared,
): ComparisonRemark[] {
  const metrics = Object.values(by_origin).flatMap(origin => origin.metrics)
  const settings = worthKnowing(before.identity, after.identity)
  return [
    ...(pairing === 'day' ? [{code: 'different_days'} as const] : []),
    ...(after.scenario.live && !by_origin.telegram ? [{code: 'no_real_samples'} as const] : []),
    ...settings.map(difference => ({code: 'setting_differs', ...difference}) as const),
    ...(decidedBy === 'channel' ? byChannel(metrics) : [...fewChannels(metrics), ...metrics.flatMap(disagreement)]),
  ]
}

function byChannel(metrics: readonly MetricComparison[]): ComparisonRemark[] {
  const channels = metrics.find(({channel_test}) => channel_test)?.channel_test?.channels
  return channels === undefined ? [] : [{code: 'by_channel', channels}]
}

function fewChannels(metrics: readonly MetricComparison[]): ComparisonRemark[] {
  const test = metrics.find(({clustered_test}) => isTooSmall(clustered_test))
  if (!test?.clustered_test || !test.clustered_difference) return []
  const {clusters = 0} = test.clustered_difference
  return [{code: 'few_channels', channels: clusters, smallest_p: test.clustered_test.smallest_p}]
}

// Where no channel changed at all there was nothing to test: that is not for want of channels.
function isTooSmall(test: MetricComparison['clustered_test']): boolean {
  return test !== null && test.smallest_p > 0.05 && test.smallest_p < 1
}

function disagreement({metric, verdict, clustered_difference: clustered}: MetricComparison): ComparisonRemark[] {
  if (verdict !== 'worse' && verdict !== 'better') return []
  if (!clustered || clustered.low === null || clustered.high === null) return []
  const holdsZero = clustered.low <= 0 && clustered.high >= 0
  return holdsZero ? [{code: 'channels_disagree', metric, verdict}] : []
}
