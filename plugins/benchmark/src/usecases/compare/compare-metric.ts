import {ownField} from '@ep23/sdk'
import {
  changeShares,
  cliffsDelta,
  differenceInterval,
  differenceSpread,
  differenceTest,
  holmAdjust,
  isWithinMargin,
  mean,
  type MeanSpread,
  pairMeasured,
  type Pairs,
  ratioInterval,
  signFlipTest,
  smallestFound,
} from '@ep23/statistics'

import type {ChannelTestFacts, ComparedSample, DecidedBy, MetricComparison, TestFacts} from '../../domain/comparison.js'
import {intervalFacts} from '../../domain/interval-facts.js'
import {changeMessage} from '../../domain/messages/change-messages.js'
import type {Gate} from '../../domain/verdict.js'
import type {AlignedSamples} from './align-samples.js'
import {type MissingPairs, missingLatencies, missingScores, type ScoredPair} from './missing-pairs.js'
import {flipFacts, largestChanges, type Evidence, judgeChange} from './judge-change.js'

export const LATENCY = 'latency_seconds'

/** What nobody notices of a latency: a second, or this share of the time that its gate allows. */
const LATENCY_SECONDS = 1
const LATENCY_SHARE_OF_GATE = 0.05

export interface ComparisonSettings {
  confidence: number
  /** The smallest difference of a score that matters; for latencies the same share of the mean before, or more (`marginOf`). */
  margin: number
  max_dropped: number
  seed: number
  permutations: number
}

export interface ComparedMetric {
  metric: string
  /** Its gate on the mean, whose pass threshold tells passing samples from failing ones. */
  gate: Gate | undefined
}

/** Everything about one metric but its verdict, which needs the other metrics' p values. */
type Measured = Omit<Evidence, 'test' | 'channel_test' | 'minimum_detectable_effect' | 'dropped' | 'with_missing'> & {
  test: Omit<TestFacts, 'p_holm'> | null
  channel_test: Omit<ChannelTestFacts, 'p_holm'> | null
  /** What the deciding test rests on; undefined without pairs. */
  spread: MeanSpread | undefined
  /** Whether the change of what was measured is shown to be smaller than the margin. */
  withinMargin: boolean
  missing: MissingPairs
}

/** Compares all metrics of one origin; p values are adjusted over them. Latencies that nobody measured are left out. */
export function compareMetrics(
  pairs: AlignedSamples['pairs'],
  metrics: readonly ComparedMetric[],
  settings: ComparisonSettings,
  decidedBy: DecidedBy,
): MetricComparison[] {
  const measured = metrics
    .filter(({metric}) => metric !== LATENCY || pairs.some(pair => hasLatency(pair.before) || hasLatency(pair.after)))
    .map(metric => measureMetric(pairs, metric, settings, decidedBy))
  const tests = withHolm(measured.map(({test}) => test))
  const channelTests = withHolm(measured.map(({channel_test: test}) => test))
  const family = measured.filter(({pairs: count}) => count > 0).length
  const {confidence} = settings
  return measured.map(({spread, withinMargin, missing, ...metric}, i) => {
    const finds = spread && smallestFound(spread, {tests: family, confidence})
    const tested = {test: tests[i] ?? null, channel_test: channelTests[i] ?? null}
    const dropped = {dropped: missing.samples.length, with_missing: missing.bounds}
    const evidence = {...metric, ...dropped, ...tested, minimum_detectable_effect: finds ?? null}
    const judged = judgeChange(evidence, {confidence, withinMargin, missing, decidedBy, family, spread})
    return {...evidence, ...judged, reason: changeMessage(judged.cause).en}
  })
}

/** The tests with their p adjusted over all of them; what was not tested is no part of the family. */
function withHolm<T extends {p: number}>(tests: readonly (T | null)[]): ((T & {p_holm: number}) | null)[] {
  const tested = tests.filter(test => test !== null)
  const adjusted = holmAdjust(tested.map(({p}) => p)).values()
  return tests.map(test => test && {...test, p_holm: adjusted.next().value ?? test.p})
}

function measureMetric(
  aligned: AlignedSamples['pairs'],
  {metric, gate}: ComparedMetric,
  settings: ComparisonSettings,
  decidedBy: DecidedBy,
): Measured {
  const rows = aligned.map((pair): ScoredPair => {
    const {sample_id, channel} = pair.after
    return {sample_id, channel, before: valueOf(pair.before, metric), after: valueOf(pair.after, metric)}
  })
  const pairs = pairMeasured(
    rows.map(({before}) => before),
    rows.map(({after}) => after),
  )
  const samples = pairs.positions.flatMap(position => rows[position] ?? [])
  const channels = samples.map(({channel}) => channel)
  const moved = samples.map(({sample_id}, i) => ({
    sample_id,
    before: pairs.before[i] ?? Number.NaN,
    after: pairs.after[i] ?? Number.NaN,
  }))
  const margin = marginOf(metric, gate, pairs, settings)
  const {confidence} = settings
  const options = {confidence, ...unseenOf(pairs, metric), ...(decidedBy === 'channel' && {clusters: channels})}
  return {
    metric,
    better: metric === LATENCY ? 'lower' : 'higher',
    margin,
    pairs: pairs.pairs,
    mean_before: pairs.pairs > 0 ? mean(pairs.before) : null,
    mean_after: pairs.pairs > 0 ? mean(pairs.after) : null,
    ...intervals(pairs, channels, metric, settings),
    ...tests(pairs, channels, metric, settings),
    spread: differenceSpread(pairs.differences, options),
    withinMargin: isWithinMargin(pairs.differences, margin, options),
    missing: metric === LATENCY ? missingLatencies(rows) : missingScores(rows, {margin, confidence, decidedBy}),
    by_channel: byChannel(pairs, channels),
    effect: pairs.pairs > 0 ? effectOf(pairs) : null,
    flips: gate === undefined ? null : flipFacts(moved, gate),
    largest_changes: largestChanges(moved),
  }
}

/**
 * A busy machine moves a latency of milliseconds by half of it, and no reader of a digest sees that: what matters is a share of the
 * time before, and never less than a second or a twentieth of the time that the gate allows.
 */
function marginOf(metric: string, gate: Gate | undefined, {before}: Pairs, {margin}: ComparisonSettings): number {
  if (metric !== LATENCY) return margin
  const earlier = before.length > 0 ? mean(before) : 0
  return Math.max(LATENCY_SECONDS, margin * earlier, LATENCY_SHARE_OF_GATE * (gate?.pass ?? 0))
}

function intervals(pairs: Pairs, channels: readonly string[], metric: string, {confidence}: ComparisonSettings) {
  const isClustered = new Set(channels).size > 1
  const hasRatio = metric === LATENCY && [...pairs.before, ...pairs.after].every(value => value > 0)
  const options = {confidence, ...unseenOf(pairs, metric)}
  return {
    difference: intervalFacts(differenceInterval(pairs.differences, options)),
    clustered_difference: isClustered
      ? intervalFacts(differenceInterval(pairs.differences, {...options, clusters: channels}))
      : null,
    ratio: hasRatio ? intervalFacts(ratioInterval(pairs.before, pairs.after, confidence)) : null,
  }
}

/** Latencies have no scale: what was not seen yet may lie half a mean away. */
function unseenOf({before}: Pairs, metric: string): {unseen?: number} {
  return metric === LATENCY && before.length > 0 ? {unseen: mean(before) / 2} : {}
}

function tests(pairs: Pairs, channels: readonly string[], metric: string, {seed, permutations}: ComparisonSettings) {
  const {differences} = pairs
  if (differences.length === 0) return {test: null, clustered_test: null, channel_test: null}
  const isClustered = new Set(channels).size > 1
  const testOf = (options: {clusters?: readonly string[]}) => {
    const {p, exact, permutations: done, smallestP} = signFlipTest(differences, {seed, permutations, ...options})
    return {p, exact, permutations: done, smallest_p: smallestP}
  }
  const {p, clusters} = differenceTest(differences, {...unseenOf(pairs, metric), clusters: channels})
  return {
    test: testOf({}),
    clustered_test: isClustered ? testOf({clusters: channels}) : null,
    channel_test: p === undefined ? null : {p, channels: clusters},
  }
}

function byChannel({differences}: Pairs, channels: readonly string[]): MetricComparison['by_channel'] {
  const rows = differences.map((difference, i) => ({difference, channel: channels[i] ?? ''}))
  const facts = [...Map.groupBy(rows, ({channel}) => channel)].map(
    ([channel, own]) =>
      [channel, {pairs: own.length, difference: mean(own.map(({difference}) => difference))}] as const,
  )
  return Object.fromEntries(facts.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

function effectOf({before, after, differences}: Pairs): MetricComparison['effect'] {
  return {cliffs_delta: cliffsDelta(after, before), ...changeShares(differences)}
}

function hasLatency({latency_seconds}: ComparedSample): boolean {
  return latency_seconds !== undefined
}

function valueOf(sample: ComparedSample, metric: string): number | undefined {
  return metric === LATENCY ? sample.latency_seconds : ownField(sample.scores, metric)
}
