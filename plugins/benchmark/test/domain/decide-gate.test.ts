import {seededRandom} from '@ep23/statistics'
import {expect} from 'chai'

import {decideGate} from '#src/domain/decide-gate.js'
import {gateInterval, type GateInterval} from '#src/domain/gate-interval.js'
import {SampleTable} from '#src/domain/sample-table.js'
import type {Gate} from '#src/domain/verdict.js'

import {SAMPLE_LINE} from '../sample/sample-line.ts'

const GATE: Gate = {metric: 'coverage', statistic: 'mean', direction: 'at_least', pass: 0.88, warn: 0.8}
const LATENCY: Gate = {metric: 'latency_seconds', statistic: 'mean', direction: 'at_most', pass: 210, warn: 240}

function interval(low: number | null, estimate: number | null, high: number | null): GateInterval {
  const facts = {estimate, low, high, confidence: 0.95, method: 'korn-graubard', measured: 30, unmeasured: 0}
  return {facts, withMissing: null}
}

/** Five channels of six days, with these scores. */
function gateOf(scores: (index: number) => number | undefined, {channels = 5, samples = 30, gate = GATE} = {}) {
  const table = new SampleTable(['coverage'])
  for (let i = 0; i < samples; i++) {
    const value = scores(i)
    const score = value === undefined ? {unmeasured: 'judge_failed' as const} : {value}
    table.add({...SAMPLE_LINE, sample_id: `s${i}`, channel: `@c${i % channels}`, scores: {coverage: score}})
  }
  table.close()
  return decideGate(gate, gateInterval(gate, table), channels)
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
    it(title, () => expect(decideGate(gate, interval(low, estimate, high)).verdict).to.equal(verdict))

  it('passes what is measured well, and nothing on equal scores alone, whatever their number', () => {
    expect(gateOf(i => 0.97 + 0.01 * (i % 3)).verdict).to.equal('pass')
    expect(gateOf(() => 1)).to.deep.include({verdict: 'undecided', cause: {code: 'equal_scores'}})
    expect(gateOf(() => 1, {samples: 2, channels: 2}).cause).to.deep.equal({code: 'too_few_samples', fewest: 4})
  })

  it('says nothing about other channels by one', () => {
    const decision = gateOf(i => 0.97 + 0.01 * (i % 3), {channels: 1})
    expect(decision).to.deep.equal({verdict: 'undecided', more: null, cause: {code: 'one_channel'}})
  })

  it('does not pass because what could be bad was not measured', () => {
    const most = gateOf(i => (i < 2 ? undefined : 0.97 + 0.01 * (i % 3)))
    expect(most).to.deep.include({verdict: 'undecided', cause: {code: 'missing_decide', missing: 2}})
    expect(gateOf(i => (i < 2 ? undefined : 0.4 + 0.01 * (i % 3))).verdict).to.equal('fail')
  })

  it('passes no mean on its threshold in more than 3 % when the worst twentieth of the samples is not measured', () => {
    const random = seededRandom(5)
    const gate: Gate = {...GATE, pass: 0.95}
    for (const draw of [() => (random.unit() < 0.05 ? 0 : 1), () => 0.9 + 0.1 * random.unit()]) {
      let passes = 0
      for (let run = 0; run < 100; run++) {
        const scores = Array.from({length: 150}, draw)
        const missing = new Set([...scores.keys()].toSorted((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0)).slice(0, 7))
        const {verdict} = gateOf(i => (missing.has(i) ? undefined : scores[i]), {samples: 150, gate})
        if (verdict === 'pass') passes++
      }
      expect(passes).to.be.at.most(3)
    }
  })

  it('says how many more channels would decide it, where channels differ', () => {
    const {verdict, more} = gateOf(i => 0.915 + 0.02 * ((i % 5) - 2) + 0.001 * (i % 7), {samples: 60})
    expect(verdict).to.equal('undecided')
    expect(more).to.have.property('what', 'channels')
    expect(more?.count).to.be.within(2, 40)
  })

  it('promises nothing when the mean stands on the threshold of channels that differ much', () => {
    expect(gateOf(i => 0.79 + 0.1 * ((i % 5) - 2) + 0.001 * (i % 7))).to.deep.include({
      verdict: 'undecided',
      more: null,
    })
  })
})
