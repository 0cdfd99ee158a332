import {samplesNeeded} from '@ep23/statistics'
import type {Gate, GateCause, GateResult, IntervalFacts, Verdict} from '../verdict.js'

export type Decision = Required<Pick<GateResult, 'verdict' | 'more_samples' | 'cause'>>

/**
 * Decides a gate by its interval. Pass: the whole interval is on the good side of `pass`. Fail: all of it is worse than `warn`.
 * Warn: all of it lies between. Anything else is undecided, and the number of further samples is estimated that would tell.
 */
export function decideGate(gate: Gate, interval: IntervalFacts, standardError: number | undefined): Decision {
  const {estimate, low, high} = interval
  if (estimate === null) return unmeasured({code: 'nothing_measured'})
  if (low === null || high === null) return undecided(gate, interval, standardError)
  const [worst, best] = gate.direction === 'at_least' ? [low, high] : [high, low]
  if (reaches(gate, worst, gate.pass)) return decided('pass', {code: 'reaches_pass'})
  if (!reaches(gate, best, gate.warn)) return decided('fail', {code: 'misses_warn'})
  if (reaches(gate, worst, gate.warn) && !reaches(gate, best, gate.pass))
    return decided('warn', {code: 'between_thresholds'})
  return undecided(gate, interval, standardError)
}

/** A gate on which nothing can be said. */
export function unmeasured(cause: GateCause): Decision {
  return {verdict: 'unmeasured', more_samples: null, cause}
}

function decided(verdict: Verdict, cause: GateCause): Decision {
  return {verdict, more_samples: null, cause}
}

function undecided(gate: Gate, interval: IntervalFacts, standardError: number | undefined): Decision {
  const more_samples = furtherSamples(gate, interval, standardError)
  return {verdict: 'undecided', more_samples, cause: {code: 'holds_threshold'}}
}

/** Until the nearer of the thresholds inside the interval is left behind. */
function furtherSamples(
  gate: Gate,
  {estimate, low, high, measured}: IntervalFacts,
  standardError?: number,
): number | null {
  if (estimate === null || low === null || high === null || standardError === undefined || measured < 2) return null
  const inside = [gate.pass, gate.warn].filter(threshold => threshold >= low && threshold <= high)
  const distances = inside.map(threshold => Math.abs(estimate - threshold))
  if (distances.length === 0) return null
  const needed = samplesNeeded({measured, standardError, distance: Math.min(...distances)})
  return needed === undefined || needed === 0 ? null : needed
}

function reaches({direction}: Gate, value: number, threshold: number): boolean {
  return direction === 'at_least' ? value >= threshold : value <= threshold
}
