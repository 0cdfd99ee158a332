import {
  clusterMeanInterval,
  clusterQuantileInterval,
  type Estimate,
  meanInterval,
  type Measurement,
  type MeanSpread,
  quantileInterval,
  scoreInterval,
  scoreSpread,
} from '@ep23/statistics'

import type {IntervalFacts} from './interval-facts.js'
import {exactFacts, intervalFacts, SCORE_RANGE, SECONDS_RANGE} from './interval-facts.js'
import type {SampleTable} from './sample-table.js'
import type {Gate, GateResult} from './verdict.js'

export interface GateInterval {
  facts: IntervalFacts
  withMissing: GateResult['with_missing']
  /** Of a score's mean, for telling how much more data would decide. */
  spread?: MeanSpread | undefined
}

/** The number a gate looks at, with its interval. */
export function gateInterval({metric, statistic, direction}: Gate, table: SampleTable): GateInterval {
  if (metric === 'measured_share') {
    const {lines, measuredLines} = table
    const share = lines > 0 ? measuredLines / lines : null
    return {facts: exactFacts(share, measuredLines, lines - measuredLines), withMissing: null}
  }
  if (metric === 'latency_seconds') return {facts: latencyOf(statistic, direction, table), withMissing: null}
  const values = table.columns.get(metric)?.values ?? []
  const {clusters: channels} = table
  const facts = scoreOf(statistic, direction, values, channels)
  const withMissing =
    facts.estimate !== null && facts.unmeasured > 0
      ? manskiBounds(filledWith =>
          scoreOf(
            statistic,
            direction,
            values.map(value => value ?? filledWith),
            channels,
          ),
        )
      : null
  return {facts, withMissing, spread: statistic === 'mean' ? scoreSpread(values, channels) : undefined}
}

function scoreOf(
  statistic: Gate['statistic'],
  direction: Gate['direction'],
  values: readonly Measurement[],
  channels: readonly string[],
): IntervalFacts {
  if (statistic === 'p10') return intervalFacts(quantileOf(values, channels, 0.1), SCORE_RANGE)
  if (statistic === 'p90') return intervalFacts(quantileOf(values, channels, 0.9), SCORE_RANGE)
  if (statistic === 'worst') return worst(values, direction)
  return intervalFacts(scoreInterval(values, {clusters: channels}), SCORE_RANGE)
}

function latencyOf(statistic: Gate['statistic'], direction: Gate['direction'], table: SampleTable): IntervalFacts {
  const {latencies, latencyClusters: latencyChannels} = table
  if (statistic === 'p10') return intervalFacts(quantileOf(latencies, latencyChannels, 0.1), SECONDS_RANGE)
  if (statistic === 'p90') return intervalFacts(quantileOf(latencies, latencyChannels, 0.9), SECONDS_RANGE)
  if (statistic === 'worst') return worst(latencies, direction)
  const severalChannels = new Set(latencyChannels).size > 1
  const interval = severalChannels ? clusterMeanInterval(latencies, latencyChannels) : meanInterval(latencies)
  return intervalFacts(interval, SECONDS_RANGE)
}

/** The lowest and the highest that the ends can be, whatever the missing scores are. */
function manskiBounds(boundsWith: (missing: number) => IntervalFacts): GateResult['with_missing'] {
  const {low} = boundsWith(0)
  const {high} = boundsWith(1)
  return low === null || high === null ? null : {low, high}
}

function quantileOf(values: readonly Measurement[], channels: readonly string[], p: number): Estimate {
  return new Set(channels).size > 1 ? clusterQuantileInterval(values, channels, p) : quantileInterval(values, p)
}

function worst(values: readonly Measurement[], direction: Gate['direction']): IntervalFacts {
  const known = Float64Array.from(values.filter(value => value !== undefined)).sort()
  const value = direction === 'at_least' ? known.at(0) : known.at(-1)
  return exactFacts(value ?? null, known.length, values.length - known.length)
}
