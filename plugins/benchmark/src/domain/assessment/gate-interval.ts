import {
  clusterMeanInterval,
  clusterQuantileInterval,
  type Interval,
  meanInterval,
  type Measurement,
  quantileInterval,
} from '@ep23/statistics'
import type {Gate, IntervalFacts} from '../verdict.js'
import {exactFacts, intervalFacts, SCORE_RANGE, SECONDS_RANGE} from './interval-facts.js'
import type {SampleTable} from './sample-table.js'

export interface GateInterval {
  facts: IntervalFacts
  /** Of a mean; the other statistics have none. */
  standardError?: number | undefined
}

/** The number a gate looks at, with its interval. */
export function gateInterval({metric, statistic, direction}: Gate, table: SampleTable): GateInterval {
  if (metric === 'measured_share') {
    const {lines, measuredLines} = table
    return {facts: exactFacts(lines > 0 ? measuredLines / lines : null, measuredLines, lines - measuredLines)}
  }
  const isLatency = metric === 'latency_seconds'
  const range = isLatency ? SECONDS_RANGE : SCORE_RANGE
  const values = isLatency ? table.latencies : (table.columns.get(metric)?.values ?? [])
  if (statistic === 'p10') return {facts: intervalFacts(quantileOf(values, table.channels, 0.1), range)}
  if (statistic === 'p90') return {facts: intervalFacts(quantileOf(values, table.channels, 0.9), range)}
  if (statistic === 'worst') return {facts: worst(values, direction)}
  const interval = meanOf(values, isLatency ? table.latencyChannels : table.channels)
  return {facts: intervalFacts(interval, range), standardError: interval.standardError}
}

// Samples of a channel resemble each other: taken as independent they would seem to say more than they do.
function meanOf(values: readonly Measurement[], channels: readonly string[]): Interval {
  return new Set(channels).size > 1 ? clusterMeanInterval(values, channels) : meanInterval(values)
}

function quantileOf(values: readonly Measurement[], channels: readonly string[], p: number): Interval {
  return new Set(channels).size > 1 ? clusterQuantileInterval(values, channels, p) : quantileInterval(values, p)
}

function worst(values: readonly Measurement[], direction: Gate['direction']): IntervalFacts {
  const known = Float64Array.from(values.filter(value => value !== undefined)).sort()
  const value = direction === 'at_least' ? known.at(0) : known.at(-1)
  return exactFacts(value ?? null, known.length, values.length - known.length)
}
