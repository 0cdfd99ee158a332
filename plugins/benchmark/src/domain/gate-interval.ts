import {
  clusterMeanInterval,
  clusterQuantileInterval,
  meanInterval,
  type Measurement,
  type MeanSpread,
  quantileInterval,
  scoreInterval,
  scoreSpread,
} from '@ep23/statistics'

import type {IntervalFacts, Range} from './interval-facts.js'
import {exactFacts, intervalFacts, SCORE_RANGE, SECONDS_RANGE} from './interval-facts.js'
import type {SampleTable} from './sample-table.js'
import type {Gate, GateResult} from './verdict.js'

export interface GateInterval {
  facts: IntervalFacts
  withMissing: GateResult['with_missing']
  /** An end of it is only where values end: too little was measured to bound it there. */
  open?: boolean
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
  if (metric === 'latency_seconds') return latencyOf(statistic, direction, table)
  const values = table.columns.get(metric)?.values ?? []
  const {clusters: channels} = table
  const {facts, open} = scoreOf(statistic, direction, values, channels)
  const withMissing =
    facts.estimate !== null && facts.unmeasured > 0
      ? manskiBounds(
          facts,
          filledWith =>
            scoreOf(
              statistic,
              direction,
              values.map(value => value ?? filledWith),
              channels,
            ).facts,
        )
      : null
  return {facts, withMissing, open, spread: statistic === 'mean' ? scoreSpread(values, channels) : undefined}
}

type Bounded = Pick<GateInterval, 'facts'> & {open: boolean}

function scoreOf(
  statistic: Gate['statistic'],
  direction: Gate['direction'],
  values: readonly Measurement[],
  channels: readonly string[],
): Bounded {
  const range = SCORE_RANGE
  if (statistic === 'p10' || statistic === 'p90') return quantileOf(values, channels, LEVELS[statistic], range)
  if (statistic === 'worst') return {facts: worst(values, direction), open: false}
  return {facts: intervalFacts(scoreInterval(values, {clusters: channels}), range), open: false}
}

function latencyOf(statistic: Gate['statistic'], direction: Gate['direction'], table: SampleTable): GateInterval {
  const {latencies: values, latencyClusters: channels} = table
  const [range, withMissing] = [SECONDS_RANGE, null]
  if (statistic === 'p10' || statistic === 'p90')
    return {...quantileOf(values, channels, LEVELS[statistic], range), withMissing}
  if (statistic === 'worst') return {facts: worst(values, direction), withMissing}
  const severalChannels = new Set(channels).size > 1
  const interval = severalChannels ? clusterMeanInterval(values, channels) : meanInterval(values)
  return {facts: intervalFacts(interval, range), withMissing}
}

/**
 * The lowest and the highest that the ends can be, whatever the missing scores are. They may also be like the measured ones, whose
 * interval can be wider than that of scores which are all at one end.
 */
function manskiBounds(
  measured: IntervalFacts,
  boundsWith: (missing: number) => IntervalFacts,
): GateResult['with_missing'] {
  const {low} = boundsWith(0)
  const {high} = boundsWith(1)
  if (low === null || high === null) return null
  const [least, most] = [measured.low ?? SCORE_RANGE[0], measured.high ?? SCORE_RANGE[1]]
  return {low: Math.min(low, least), high: Math.max(high, most)}
}

const LEVELS = {p10: 0.1, p90: 0.9} as const

/** Where too little bounds an end, it is the end of what values can be, and null where those have none. */
function quantileOf(values: readonly Measurement[], channels: readonly string[], p: number, range: Range): Bounded {
  const interval =
    new Set(channels).size > 1 ? clusterQuantileInterval(values, channels, p) : quantileInterval(values, p)
  const {low = range[0], high = range[1]} = interval
  return {
    facts: intervalFacts({...interval, low, high: Number.isFinite(high) ? high : undefined}, range),
    open: interval.low === undefined || interval.high === undefined,
  }
}

function worst(values: readonly Measurement[], direction: Gate['direction']): IntervalFacts {
  const known = Float64Array.from(values.filter(value => value !== undefined)).sort()
  const value = direction === 'at_least' ? known.at(0) : known.at(-1)
  return exactFacts(value ?? null, known.length, values.length - known.length)
}
