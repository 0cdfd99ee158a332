import {expect} from 'chai'

import {decideGate} from '#src/domain/assessment/decide-gate.js'
import type {Gate, IntervalFacts} from '#src/domain/verdict.js'

const GATE: Gate = {metric: 'coverage', statistic: 'mean', direction: 'at_least', pass: 0.88, warn: 0.8}
const LATENCY: Gate = {metric: 'latency_seconds', statistic: 'mean', direction: 'at_most', pass: 210, warn: 240}

function interval(low: number | null, estimate: number | null, high: number | null): IntervalFacts {
  return {estimate, low, high, confidence: 0.95, method: 'student-t', measured: 30, unmeasured: 0}
}

describe('deciding a gate by its interval', () => {
  const CASES: [string, Gate, [number | null, number | null, number | null], string][] = [
    ['passes when all of it reaches the pass value', GATE, [0.88, 0.9, 0.92], 'pass'],
    ['fails when none of it reaches the warn value', GATE, [0.7, 0.75, 0.79], 'fail'],
    ['warns when all of it lies between', GATE, [0.8, 0.84, 0.87], 'warn'],
    ['is undecided when it holds the pass value', GATE, [0.87, 0.9, 0.93], 'undecided'],
    ['is undecided when it holds the warn value', GATE, [0.79, 0.82, 0.85], 'undecided'],
    ['is undecided when it holds both', GATE, [0.7, 0.84, 0.95], 'undecided'],
    ['is undecided when it has no bounds', GATE, [null, 0.99, null], 'undecided'],
    ['is unmeasured without a number', GATE, [null, null, null], 'unmeasured'],
    ['passes a latency that stays below', LATENCY, [100, 150, 210], 'pass'],
    ['fails a latency that stays above', LATENCY, [241, 300, 400], 'fail'],
    ['warns for a latency between', LATENCY, [211, 220, 240], 'warn'],
    ['is undecided on a latency around the pass value', LATENCY, [200, 209, 218], 'undecided'],
  ]
  for (const [title, gate, [low, estimate, high], verdict] of CASES)
    it(title, () => expect(decideGate(gate, interval(low, estimate, high), 0.01).verdict).to.equal(verdict))

  it('says about how many more samples would decide it', () => {
    const decision = decideGate(GATE, interval(0.86, 0.9, 0.94), 0.02)
    // n = 30 · ((1.96 + 0.8416) · 0.02 / 0.02)² = 235.5, of which 30 are there
    expect(decision.more_samples).to.equal(206)
  })

  it('promises nothing when the mean stands on the threshold', () => {
    expect(decideGate(GATE, interval(0.86, 0.88, 0.9), 0.01).more_samples).to.equal(null)
  })
})
