import {expect} from 'chai'

import {decideGates} from '#src/domain/decide-gates.js'
import {SampleTable} from '#src/domain/sample-table.js'
import type {Gate, GateResult} from '#src/domain/verdict.js'

import {scenarioOf} from '../sample/run-parts.ts'
import {SAMPLE_LINE} from '../sample/sample-line.ts'

interface Layout {
  channels: number
  days: number
}

const P10: Gate = {metric: 'coverage', statistic: 'p10', direction: 'at_least', pass: 0.9, warn: 0.8}
const SECONDS: Gate = {metric: 'latency_seconds', statistic: 'mean', direction: 'at_most', pass: 210, warn: 240}

/** A gate on what `value` gives for each day of each channel: a score, or seconds; undefined where it was not measured. */
function decided(gate: Gate, {channels, days}: Layout, value: (index: number) => number | undefined): GateResult {
  const table = new SampleTable(['coverage'])
  for (let index = 0; index < channels * days; index++) {
    const found = value(index)
    table.add({
      ...SAMPLE_LINE,
      sample_id: `s${index}`,
      channel: `@c${Math.floor(index / days)}`,
      latency_seconds: gate.metric === 'latency_seconds' ? (found ?? null) : null,
      scores: {coverage: found === undefined ? {unmeasured: 'judge_failed'} : {value: Math.min(1, found)}},
    })
  }
  table.close()
  const scenario = scenarioOf({gates: {lexical: [gate]}})
  const [result] = decideGates(scenario, 'lexical', new Map([['telegram', table]]), 0).gates
  return result as GateResult
}

describe('gates of quantiles', () => {
  const few = {channels: 2, days: 2}

  it('do not pass where no value of the sample bounds the quantile', () => {
    const four = [0.91, 0.95, 0.93, 0.97]
    expect(decided(P10, few, index => four[index])).to.deep.include({
      verdict: 'undecided',
      cause: {code: 'not_bounded'},
    })
    expect(decided(P10, few, index => four[index]).interval).to.include({low: 0, high: 0.97})
    const most: Gate = {...P10, statistic: 'p90', direction: 'at_most', pass: 0.97, warn: 0.98}
    expect(decided(most, few, index => four[index])).to.deep.include({
      verdict: 'undecided',
      cause: {code: 'not_bounded'},
    })
  })

  it('pass by enough channels, and fail by fewer: the end that decides is bounded', () => {
    const value = (index: number): number => 0.95 + 0.001 * ((index * 7) % 40)
    expect(decided(P10, {channels: 16, days: 10}, value).verdict).to.equal('pass')
    expect(decided(P10, {channels: 5, days: 10}, value).verdict).to.equal('undecided')
    expect(decided(P10, {channels: 5, days: 10}, index => value(index) - 0.3).verdict).to.equal('fail')
  })

  it('do not pass because the lowest were not measured', () => {
    const lacking = (index: number) => (index % 8 === 0 ? undefined : 0.95 + 0.001 * ((index * 7) % 40))
    const {verdict, cause, with_missing: bounds} = decided(P10, {channels: 16, days: 10}, lacking)
    expect({verdict, cause}).to.deep.equal({verdict: 'undecided', cause: {code: 'missing_decide', missing: 20}})
    expect(bounds?.low).to.equal(0)
  })

  it('of seconds are open above until enough channels bound them, and fail without', () => {
    const p90: Gate = {...SECONDS, statistic: 'p90'}
    const quick = decided(p90, {channels: 5, days: 6}, index => 100 + index)
    expect(quick).to.deep.include({verdict: 'undecided', cause: {code: 'not_bounded'}})
    expect(quick.interval).to.deep.include({high: null})
    expect(quick.reason).to.match(/^126\.1 \(\d+ … open\) too few channels/)
    expect(decided(p90, {channels: 5, days: 6}, index => 300 + index).verdict).to.equal('fail')
    expect(decided(p90, {channels: 16, days: 10}, index => 100 + (index % 30)).verdict).to.equal('pass')
  })
})

describe('gates of means', () => {
  const MEAN: Gate = {...P10, statistic: 'mean', pass: 0.9, warn: 0.85}
  const scores = (index: number): number => 0.6 + 0.3 * ((index * 0.618) % 1)

  // Filled with ones or zeros the channels resemble each other more than they were measured to: that interval is the narrower one.
  it('are decided by no threshold that lies in the interval they show, wherever scores are missing', () => {
    for (const channels of [2, 3, 5])
      for (const days of [6, 30])
        for (const missing of [1, 3, 6])
          for (const warn of [0.4, 0.55, 0.6, 0.85, 0.88]) {
            const value = (index: number) => (index < missing ? undefined : scores(index))
            const {verdict, interval, with_missing: bounds} = decided({...MEAN, warn}, {channels, days}, value)
            const [low, high] = [interval.low ?? 0, interval.high ?? 1]
            expect(bounds?.low).to.be.at.most(low)
            expect(bounds?.high).to.be.at.least(high)
            if (low < warn && warn < high) expect(verdict, `${channels} x ${days}, ${missing}`).to.equal('undecided')
          }
  })
})

describe('gates of seconds', () => {
  it('need what gates of scores need: two channels and four samples', () => {
    const seconds = (index: number): number => 100 + 2 * (index % 4)
    expect(decided(SECONDS, {channels: 1, days: 2}, seconds).cause).to.deep.equal({code: 'one_channel'})
    expect(decided(SECONDS, {channels: 1, days: 30}, seconds).cause).to.deep.equal({code: 'one_channel'})
    expect(decided(SECONDS, {channels: 3, days: 1}, seconds).cause).to.deep.equal({code: 'too_few_samples', fewest: 4})
    expect(decided(SECONDS, {channels: 5, days: 6}, seconds).verdict).to.equal('pass')
  })

  it('count only channels whose seconds are known', () => {
    const cached = (index: number): number | undefined => (index < 6 ? 100 + index : undefined)
    expect(decided(SECONDS, {channels: 2, days: 6}, cached).cause).to.deep.equal({code: 'one_channel'})
  })
})
