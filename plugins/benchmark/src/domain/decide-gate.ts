import {moreForThresholds} from '@ep23/statistics'

import type {GateInterval} from './gate-interval.js'
import type {Gate, GateCause, GateResult, Verdict} from './verdict.js'

export type Decision = Required<Pick<GateResult, 'verdict' | 'more' | 'cause'>>

/** The smallest layout that bench/interval-coverage.ts verifies: two channels of two days. */
const FEWEST = {channels: 2, samples: 4}

/**
 * Decides a gate by its interval, its ends moved by what is missing. Pass: the whole interval is on the good side of `pass`. Fail:
 * all of it is worse than `warn`. Warn: all of it lies between. Anything else is undecided, with how much more data would tell.
 * @param channels with a measured sample; undefined for a plain share of samples
 */
export function decideGate(gate: Gate, interval: GateInterval, channels?: number): Decision {
  const {facts, withMissing, open} = interval
  if (facts.estimate === null) return unmeasured({code: 'nothing_measured'})
  if (channels !== undefined && channels < FEWEST.channels) return undecided({code: 'one_channel'})
  if (channels !== undefined && facts.measured < FEWEST.samples)
    return undecided({code: 'too_few_samples', fewest: FEWEST.samples})
  if (facts.low === null && facts.high === null) return undecided({code: 'not_bounded'})
  const measured = byBounds(gate, facts.low ?? -Infinity, facts.high ?? Infinity)
  const found = withMissing === null ? measured : byBounds(gate, withMissing.low, withMissing.high)
  if (found) return {verdict: found, more: null, cause: {code: CAUSES[found]}}
  if (measured) return undecided({code: 'missing_decide', missing: facts.unmeasured})
  if (open) return undecided({code: 'not_bounded'})
  if (interval.spread?.varies === false) return undecided({code: 'equal_scores'})
  return {...undecided({code: 'holds_threshold'}), more: furtherData(gate, interval)}
}

/** A gate on which nothing can be said. */
export function unmeasured(cause: GateCause): Decision {
  return {verdict: 'unmeasured', more: null, cause}
}

const CAUSES = {pass: 'reaches_pass', fail: 'misses_warn', warn: 'between_thresholds'} as const

function byBounds(gate: Gate, low: number, high: number): keyof typeof CAUSES | undefined {
  const [worst, best] = gate.direction === 'at_least' ? [low, high] : [high, low]
  if (reaches(gate, worst, gate.pass)) return 'pass'
  if (!reaches(gate, best, gate.warn)) return 'fail'
  return reaches(gate, worst, gate.warn) && !reaches(gate, best, gate.pass) ? 'warn' : undefined
}

function undecided(cause: GateCause): Decision {
  return {verdict: 'undecided' satisfies Verdict, more: null, cause}
}

function furtherData({pass, warn}: Gate, {spread}: GateInterval): Decision['more'] {
  const more = spread && moreForThresholds(spread, [...new Set([pass, warn])])
  return more === undefined || more.what === 'pairs' ? null : {what: more.what, count: more.count}
}

function reaches({direction}: Gate, value: number, threshold: number): boolean {
  return direction === 'at_least' ? value >= threshold : value <= threshold
}
