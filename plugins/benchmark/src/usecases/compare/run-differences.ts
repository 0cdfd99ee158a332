import {joined, ownField, type Message} from '@ep23/sdk'
import type {
  Pairing,
  RunDifference,
  Comparison,
  ComparisonRemark,
  DecidedBy,
  MetricComparison,
} from '../../domain/comparison.js'
import {isMixedJudge} from '../../domain/judge-signature.js'
import type {RunIdentityFacts, RunResult} from '../../domain/run-result.js'
import {signatureDifferences} from '../../measures/signature.js'
import {message} from '../../words/words.js'

type Facts = {readonly [field: string]: unknown}

/**
 * Everything that makes two runs incomparable, part by part: scenario, dataset root (where the pairing needs equal records),
 * judge with signature, prompt and settings. Empty when they may be compared.
 */
export function runDifferences(before: RunIdentityFacts, after: RunIdentityFacts, pairing: Pairing): RunDifference[] {
  const {signature: signatureBefore, ...judgeBefore} = before.judge
  const {signature: signatureAfter, ...judgeAfter} = after.judge
  return [
    ...differences('scenario.name', before.scenario.name, after.scenario.name),
    ...differences('scenario.version', before.scenario.version, after.scenario.version),
    ...(pairing === 'sample' ? differences('dataset', before.dataset, after.dataset) : []),
    ...signatureParts(signatureBefore, signatureAfter),
    ...differences('judge', judgeBefore, judgeAfter),
  ]
}

/** Stored scores of several models or prompts in one run: a change of the mix would pass for a change of the digests. */
export function mixedJudges(before: RunIdentityFacts, after: RunIdentityFacts): Message[] {
  if (!isMixedJudge(before) && !isMixedJudge(after)) return []
  const namesOf = ({judge}: RunIdentityFacts): string => String(judge.settings['recorded_by'])
  return [message('mixedJudges', {before: namesOf(before), after: namesOf(after)})]
}

/** What differs without making scores incomparable, but should be known. */
export function worthKnowing(before: RunIdentityFacts, after: RunIdentityFacts): RunDifference[] {
  return [
    ...differences('scenario.sha256', before.scenario.sha256, after.scenario.sha256),
    ...differences('answers', before.answers, after.answers),
    ...differences('judge_repeats', before.judge_repeats, after.judge_repeats),
  ]
}

/** `judge.model: a -> b`; `(none)` where a side has no such field. */
export function differenceMessage({what, before, after}: RunDifference): Message {
  const none = message('noneThere')
  return joined([what, ': ', before ?? none, ' -> ', after ?? none], '')
}

function signatureParts(before: string, after: string): RunDifference[] {
  return signatureDifferences(before, after).map(({part, left, right}) => ({
    what: `judge.signature.${part}`,
    before: left ?? null,
    after: right ?? null,
  }))
}

/** Leaves that differ; a field that only one side has differs from nothing. */
function differences(what: string, before: unknown, after: unknown): RunDifference[] {
  if (!isFacts(before) && !isFacts(after)) {
    const [left, right] = [leafText(before), leafText(after)]
    return left === right ? [] : [{what, before: left, after: right}]
  }
  const [left, right] = [isFacts(before) ? before : {}, isFacts(after) ? after : {}]
  const fields = [...new Set([...Object.keys(left), ...Object.keys(right)])].toSorted()
  return fields.flatMap(field => differences(`${what}.${field}`, ownField(left, field), ownField(right, field)))
}

function isFacts(value: unknown): value is Facts {
  return typeof value === 'object' && value !== null
}

function leafText(value: unknown): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value).replaceAll('"', '')
}

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
    ...(before.run_id === after.run_id ? [{code: 'same_run', run_id: after.run_id} as const] : []),
    ...(pairing === 'day' ? [{code: 'different_days'} as const] : []),
    ...(after.scenario.live && !by_origin.telegram ? [{code: 'no_real_samples'} as const] : []),
    ...settings.map(difference => ({code: 'setting_differs', ...difference}) as const),
    ...(decidedBy === 'channel' ? byChannel(metrics) : [...fewChannels(metrics), ...metrics.flatMap(disagreement)]),
    ...metrics.flatMap(turning),
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

function turning({metric, verdict, with_missing: bounds, dropped: missing}: MetricComparison): ComparisonRemark[] {
  if ((verdict !== 'worse' && verdict !== 'better') || bounds === null) return []
  const holds = verdict === 'worse' ? bounds.high < 0 : bounds.low > 0
  return holds ? [] : [{code: 'missing_could_turn', metric, verdict, missing}]
}
