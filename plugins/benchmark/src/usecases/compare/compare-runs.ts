import {percentText} from '@ep23/report/numbers'
import {badDataError, EXIT, Ep23Error, errorMessage, hasCode, ownField, joined, type Message} from '@ep23/sdk'

import type {
  ComparedRun,
  ComparedSample,
  Comparison,
  DecidedBy,
  OriginComparison,
  Pairing,
} from '../../domain/comparison.js'
import type {RunResult} from '../../domain/run-result.js'
import type {Scenario} from '../../domain/scenario.js'
import {comparisonRemarkMessage} from '../../domain/messages/change-messages.js'
import type {Gate} from '../../domain/verdict.js'
import {type AlignedSamples, alignSamples, sampleDay} from './align-samples.js'
import {type ComparedMetric, compareMetrics, type ComparisonSettings, LATENCY} from './compare-metric.js'
import {joinVerdicts} from './judge-change.js'
import {comparisonRemarks, differenceMessage, mixedJudges, runDifferences} from './run-differences.js'
import {message} from '../../words/words.js'

/** A run or a baseline with its samples. */
export interface ComparableRun {
  /** As the user called it. */
  name: string
  run: RunResult
  samples: readonly ComparedSample[]
}

export interface CompareOptions extends ComparisonSettings {
  pairing: Pairing
  /** By sample unless told; days that are paired have other posts, and then by channel. */
  decidedBy?: DecidedBy | undefined
}

export const COMPARE_DEFAULTS: CompareOptions = {
  pairing: 'sample',
  confidence: 0.95,
  margin: 0.02,
  max_dropped: 0.05,
  seed: 23,
  permutations: 10_000,
}

const ORIGINS = ['telegram', 'synthetic', 'team'] as const

/**
 * Is `after` worse than `before`? Samples are paired, what either run did not measure is dropped and counted, real and synthetic
 * samples stay apart.
 * @throws Ep23Error BENCHMARK_NOT_COMPARABLE (65) with every difference; BENCHMARK_PAIRS_DROPPED (5) when more than the share
 * `max_dropped` of the samples has no measured counterpart
 */
export function compareRuns(before: ComparableRun, after: ComparableRun, options: CompareOptions): Comparison {
  assertComparable(before, after, options.pairing)
  // Two weeks of a channel differ by their news: that must not pass for a change of the digests.
  const {pairing, decidedBy = pairing === 'day' ? 'channel' : 'sample', ...settings} = options
  const origins = ORIGINS.map(
    origin => [origin, compareOrigin(origin, before, after, {...options, decidedBy})] as const,
  )
  const found = origins.filter(([, comparison]) => comparison !== undefined)
  const by_origin = Object.fromEntries(found) as Comparison['by_origin']
  const remarks = comparisonRemarks(before.run, after.run, {pairing, decidedBy, by_origin})
  return {
    before: comparedRun(before),
    after: comparedRun(after),
    scenario: after.run.identity.scenario.name,
    judge: after.run.identity.judge.name,
    pairing,
    decided_by: decidedBy,
    settings,
    by_origin,
    verdict: verdictOf(by_origin, after.run.scenario),
    remarks,
    notes: remarks.map(remark => comparisonRemarkMessage(remark).en),
  }
}

/** Why there is no comparison, in the words of whoever refused. */
export interface RefusedComparison {
  refused: Message
}

/** Where runs that may not be compared are a result and not the end. */
export function compareOrRefuse(before: ComparableRun, after: ComparableRun): Comparison | RefusedComparison {
  try {
    return compareRuns(before, after, COMPARE_DEFAULTS)
  } catch (error) {
    if (hasCode(error, 'BENCHMARK_NOT_COMPARABLE') || hasCode(error, 'BENCHMARK_PAIRS_DROPPED'))
      return {refused: errorMessage(error)}
    throw error
  }
}

function assertComparable(before: ComparableRun, after: ComparableRun, pairing: Pairing): void {
  const both = [before.run.identity, after.run.identity] as const
  const [unlike, mixed] = [runDifferences(...both, pairing), mixedJudges(...both)]
  const differences = [...unlike.map(differenceMessage), ...mixed]
  if (differences.length === 0) return
  const onlyDataset = mixed.length === 0 && unlike.every(({what}) => what.startsWith('dataset'))
  throw badDataError(
    'BENCHMARK_NOT_COMPARABLE',
    message('notComparable', {before: before.name, after: after.name, differences: joined(differences, '\n  ')}),
    onlyDataset ? [message('pairBySource'), message('pairByDay')] : [message('runOneAgain')],
  )
}

function compareOrigin(
  origin: (typeof ORIGINS)[number],
  before: ComparableRun,
  after: ComparableRun,
  {pairing, decidedBy, ...settings}: CompareOptions & {decidedBy: DecidedBy},
): OriginComparison | undefined {
  const ofOrigin = ({samples}: ComparableRun) => samples.filter(sample => sample.origin === origin)
  const aligned = alignSamples(ofOrigin(before), ofOrigin(after), pairing)
  if (aligned.pairs.length + aligned.onlyBefore.length + aligned.onlyAfter.length === 0) return undefined
  const metrics = compareMetrics(aligned.pairs, comparedMetrics(after.run), settings, decidedBy)
  assertPaired(origin, aligned, metrics, settings.max_dropped)
  return {
    aligned: aligned.pairs.length,
    only_before: aligned.onlyBefore.length,
    only_after: aligned.onlyAfter.length,
    metrics,
    verdict: joinVerdicts(deciding(metrics).map(({verdict}) => verdict)),
  }
}

// Whether digests got better is a question of their scores.
function deciding(metrics: OriginComparison['metrics']): OriginComparison['metrics'] {
  const scores = metrics.filter(({metric}) => metric !== LATENCY)
  return scores.length > 0 ? scores : metrics
}

function comparedMetrics({scenario, identity}: RunResult): ComparedMetric[] {
  const gates = [...(ownField(scenario.gates, identity.judge.scale) ?? []), ...(scenario.gates['any'] ?? [])]
  return [...scenario.scores, LATENCY].map(metric => ({metric, gate: thresholdOf(gates, metric)}))
}

// A sample passes by the threshold of its metric's mean; latencies are gated by a quantile instead.
function thresholdOf(gates: readonly Gate[], metric: string): Gate | undefined {
  const own = gates.filter(gate => gate.metric === metric)
  return own.find(({statistic}) => statistic === 'mean') ?? own[0]
}

function assertPaired(
  origin: string,
  {pairs, onlyBefore, onlyAfter}: AlignedSamples,
  metrics: OriginComparison['metrics'],
  limit: number,
): void {
  const lonely = onlyBefore.length + onlyAfter.length
  const worst = metrics.toSorted((a, b) => b.dropped - a.dropped)[0]
  const unmeasured = worst?.dropped ?? 0
  const share = (lonely + unmeasured) / (lonely + pairs.length)
  if (share <= limit) return
  const missing = [
    ...(onlyBefore.length > 0 ? [message('onlyBefore', {samples: onlyBefore.length})] : []),
    ...(onlyAfter.length > 0 ? [message('onlyAfter', {samples: onlyAfter.length})] : []),
    ...(unmeasured > 0
      ? [message('withoutScore', {samples: unmeasured, score: worst?.metric ?? message('aScore')})]
      : []),
  ]
  throw new Ep23Error(
    message('tooManyDropped', {
      share: percentText(share),
      origin,
      limit: percentText(limit),
      missing: joined(missing),
    }),
    {
      code: 'BENCHMARK_PAIRS_DROPPED',
      exit: EXIT.unmeasured,
      suggestions: [
        ...(lonely > 0 ? [message('asManyDays')] : []),
        ...(unmeasured > 0 ? [message('measureMissing')] : []),
        message('allowDropped'),
      ],
    },
  )
}

function verdictOf(by_origin: Comparison['by_origin'], {live}: Scenario): Comparison['verdict'] {
  const decisive = live ? [by_origin.telegram] : ORIGINS.map(origin => by_origin[origin])
  return joinVerdicts(decisive.flatMap(origin => (origin ? [origin.verdict] : [])))
}

function comparedRun({name, run, samples}: ComparableRun): ComparedRun {
  const days = samples.map(sampleDay).toSorted()
  const [from, to] = [days[0], days.at(-1)]
  return {
    name,
    run_id: run.run_id,
    fingerprint: run.fingerprint,
    dataset_root: run.identity.dataset.merkle_root,
    finished_at: run.finished_at,
    days: from === undefined || to === undefined ? null : {from, to},
  }
}
