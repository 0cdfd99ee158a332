import {mean, type Measurement, quantileInterval, scoreInterval} from '@ep23/statistics'
import type {LatencyFacts, ScoreFacts} from '../run-result.js'
import {intervalFacts, SCORE_RANGE, SECONDS_RANGE} from './interval-facts.js'
import type {SampleTable, ScoreColumn} from './sample-table.js'
import {varianceFacts} from './variance-facts.js'

export function scoreFacts(column: ScoreColumn, table: SampleTable): ScoreFacts {
  const {values, unmeasured} = column
  const {channels, clusters} = table
  const several = new Set(clusters).size > 1
  return {
    mean: intervalFacts(scoreInterval(values), SCORE_RANGE),
    clustered_mean: several ? intervalFacts(scoreInterval(values, {clusters}), SCORE_RANGE) : null,
    p10: intervalFacts(quantileInterval(values, 0.1), SCORE_RANGE),
    worst: worstOf(values),
    unmeasured,
    by_channel: byChannel(values, channels),
    variance: varianceFacts(column.repeated, table),
  }
}

export function latencyFacts({latencies}: SampleTable): LatencyFacts {
  const at = (p: number) => intervalFacts(quantileInterval(latencies, p), SECONDS_RANGE)
  return {p50: at(0.5), p90: at(0.9), p95: at(0.95), p99: at(0.99)}
}

// Not Math.min(...values): a large run has more values than a call may have arguments.
function worstOf(values: readonly Measurement[]): number | null {
  return values.reduce<number | null>(
    (worst, value) => (value === undefined || (worst !== null && worst <= value) ? worst : value),
    null,
  )
}

function byChannel(values: readonly Measurement[], channels: readonly string[]): ScoreFacts['by_channel'] {
  const groups = new Map<string, Measurement[]>()
  for (const [index, channel] of channels.entries()) {
    const group = groups.get(channel) ?? []
    group.push(values[index])
    groups.set(channel, group)
  }
  const facts = [...groups].map(([channel, group]) => {
    const known = group.filter(value => value !== undefined)
    const average = known.length > 0 ? mean(known) : null
    return [channel, {mean: average, measured: known.length, unmeasured: group.length - known.length}] as const
  })
  return Object.fromEntries(facts.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
