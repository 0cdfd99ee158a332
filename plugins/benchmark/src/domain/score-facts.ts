import {
  mean,
  type Measurement,
  quantileInterval,
  scoreInterval,
  type RepeatedScores,
  repeatPlan,
  type VarianceShare,
  varianceShares,
  varianceSplit,
  type VarianceSplit,
} from '@ep23/statistics'

import {intervalFacts, SCORE_RANGE, SECONDS_RANGE} from './interval-facts.js'
import type {LatencyFacts, ScoreFacts, VarianceFacts, VariancePart} from './run-result.js'
import type {SampleTable, ScoreColumn} from './sample-table.js'

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

/** Of the resampling: the same lines give the same facts again. */
const SEED = 23

/** Null without repeats, and when every judgement is the same number. */
function varianceFacts(repeated: RepeatedScores, table: SampleTable): VarianceFacts | null {
  if (repeated.length === 0) return null
  const {answersPerSample: answers, judgementsPerAnswer: judgements} = table
  // Answers of one text are one answer that was judged more often: no answer can differ from itself.
  const sameTexts = table.severalAnswers > 0 && table.differingAnswers === 0
  const scores = sameTexts ? repeated.map(cells => [cells.flat()]) : repeated
  const split = varianceSplit(scores)
  const shares = varianceShares(scores, {seed: SEED})
  if (split.items === 0 || shares.item.estimate === undefined) return null
  const part = (name: 'item' | 'answer' | 'judge'): VariancePart => partOf(name, split, shares[name])
  const known = sameTexts ? {...split, answer: 0} : split
  return {
    item: part('item'),
    answer: sameTexts ? {variance: 0, share: 0, low: 0, high: 0, remark: 'same_texts'} : part('answer'),
    judge: part('judge'),
    confidence: shares.confidence,
    samples: split.items,
    answers,
    judgements,
    plan: planOf(known, {items: split.items, answers, judgements}),
  }
}

function partOf(name: 'item' | 'answer' | 'judge', split: VarianceSplit, share: VarianceShare): VariancePart {
  const variance = split[name]
  const floored = split.floored.some(each => each === name)
  return {
    variance: orNull(variance),
    share: orNull(share.estimate),
    low: orNull(share.low),
    high: orNull(share.high),
    remark: variance === undefined ? 'not_estimable' : floored ? 'below_noise' : null,
  }
}

function planOf(
  split: VarianceSplit,
  repeats: {items: number; answers: number; judgements: number},
): VarianceFacts['plan'] {
  const {standardError, options, recommendation} = repeatPlan(split, repeats)
  return {
    standard_error: standardError,
    options: options.map(({add, standardError: then, extraCalls, gain}) => ({
      add,
      standard_error: then,
      extra_calls: extraCalls,
      gain,
    })),
    recommendation,
  }
}

function orNull(value: Measurement): number | null {
  return value ?? null
}
