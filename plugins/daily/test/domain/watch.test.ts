import {expect} from 'chai'

import {type Baseline, type BaselineOptions, makeBaseline} from '#src/domain/baseline.js'
import type {BoardLine} from '#src/domain/board-line.js'
import {watchDays} from '#src/domain/watch.js'

import {boardOf, JUDGE, lineOf, type World} from '../board-of.ts'

const BLESSED = 30

function blessed(lines: readonly BoardLine[], options: Partial<BaselineOptions> = {}): Baseline {
  const [first, last] = [lines[0], lines[BLESSED - 1]]
  return makeBaseline(lines, {
    ...{from: first?.day ?? '', to: last?.day ?? '', adjusted: true, daysBetweenAlarms: 365, anchors: []},
    ...options,
  })
}

/** The days with an alarm, counted from the end of the baseline. */
function alarms(world: World, options: Partial<BaselineOptions> = {}): number[] {
  const lines = boardOf(world)
  const baseline = blessed(lines, options)
  return lines.flatMap((_, i) => (i >= BLESSED && watchDays(baseline, lines.slice(0, i + 1)).drop ? [i - BLESSED] : []))
}

function firstAlarm(world: World, options: Partial<BaselineOptions>): number {
  const lines = boardOf(world)
  const baseline = blessed(lines, options)
  return lines.findIndex((_, i) => i >= BLESSED && watchDays(baseline, lines.slice(0, i + 1)).drop) - BLESSED
}

const fall = (from: number, size: number) => (day: number) => (day >= BLESSED + from ? size : 0)

describe('watching the days after a baseline', () => {
  it('is quiet for half a year of weekends and of more news, and alarms when scores are not adjusted for it', () => {
    const weekend = (day: number): number => (day % 7 >= 5 ? -0.5 : 0)
    const longer = (day: number): number => weekend(day) + (day >= BLESSED + 60 ? 0.35 : 0)
    const world = {days: BLESSED + 182, seed: 3, longer}
    expect(alarms(world)).to.deep.equal([])
    expect(firstAlarm(world, {adjusted: false})).to.be.within(60, 181)
  })

  it('finds a drop, says in which score and since when, and the size holds the true one', () => {
    const lines = boardOf({days: BLESSED + 40, shift: fall(20, -0.06), seed: 5})
    const {drop} = watchDays(blessed(lines), lines)
    expect(drop?.score).to.equal('coverage')
    // The 20th day after the baseline is the 20th of February.
    expect(drop && drop.since.from <= '2024-02-20' && drop.since.to >= '2024-02-20', JSON.stringify(drop)).to.equal(
      true,
    )
    expect(drop?.size.estimate).to.be.closeTo(-0.06, 0.04)
    expect(drop?.size.low).to.be.below(-0.06)
    expect(drop?.size.high).to.be.within(-0.06, 0)
  })

  it('names the channels that fell, and not those that did not', () => {
    const shift = (day: number, channel: string) => (day >= BLESSED + 10 && channel < '@mosl' ? -0.12 : 0)
    const lines = boardOf({days: BLESSED + 30, shift, seed: 6})
    expect(watchDays(blessed(lines), lines).drop?.channels).to.have.members(['@habr', '@moscowach', '@moskva_live'])
  })

  it('gives the same answer in one look as in daily ones', () => {
    const lines = boardOf({days: BLESSED + 30, shift: fall(5, -0.05), seed: 7})
    const baseline = blessed(lines)
    const last = lines.map((_, i) => watchDays(baseline, lines.slice(0, i + 1))).at(-1)
    expect(watchDays(baseline, lines)).to.deep.equal(last)
  })

  it('keeps the alarm until a week is good again, then watches anew', () => {
    const shift = (day: number) => (day >= BLESSED + 10 && day < BLESSED + 40 ? -0.08 : 0)
    const found = alarms({days: BLESSED + 70, shift, seed: 8})
    expect(found[0]).to.be.within(10, 20)
    expect(found.at(-1)).to.be.within(40, 47)
    expect(found).to.have.length((found.at(-1) ?? 0) - (found[0] ?? 0) + 1)
  })

  it('does not get used to a drop: a lasting one stays an alarm', () => {
    const lines = boardOf({days: BLESSED + 150, shift: fall(10, -0.06), seed: 9})
    expect(watchDays(blessed(lines), lines).drop?.score).to.equal('coverage')
  })

  it('passes over days without enough channels, and over those of another judge', () => {
    const lines = boardOf({days: BLESSED + 10, seed: 10})
    const baseline = blessed(lines)
    const before = watchDays(baseline, lines)
    const unmeasured = {
      ...lineOf('2024-02-10', {'@habr': {unmeasured: 'no posts with text'}}),
      state: 'unmeasured' as const,
    }
    const [other] = boardOf({days: 1, first: '2024-02-11', shift: () => -0.5})
    expect(watchDays(baseline, [...lines, unmeasured])).to.deep.equal(before)
    expect(watchDays(baseline, [...lines, unmeasured, {...other!, state: 'instrument'}])).to.deep.equal(before)
    const of = (judge: BoardLine['judge']) => watchDays(baseline, [...lines, {...other!, judge, state: 'learning'}])
    expect(of({...JUDGE, signature: 'llm|v:1'})).to.deep.equal(before)
    expect(of({...JUDGE, model: 'qwen3-8b'})).to.deep.equal(before)
    expect(of(JUDGE)).to.not.deep.equal(before)
  })

  it('tells a channel that posts less from digests that got worse', () => {
    const longer = (day: number): number => (day >= BLESSED ? 0.4 : 0)
    expect(alarms({days: BLESSED + 60, longer, seed: 11})).to.deep.equal([])
  })
})

describe('what is told of an alarm', function () {
  this.timeout(60_000)

  it('holds the true size and the true day in most of 60 series', () => {
    const told = Array.from({length: 60}, (_, seed) => {
      const lines = boardOf({days: BLESSED + 45, shift: fall(20, -0.06), seed: 100 + seed})
      const {drop} = watchDays(blessed(lines), lines)
      return drop && drop.alarm >= '2024-02-20' ? [drop] : []
    }).flatMap(drop => drop ?? [])
    const share = (holds: (drop: (typeof told)[number]) => boolean) => told.filter(holds).length / told.length
    expect(told).to.have.length.above(50)
    expect(share(({size}) => size.low <= -0.06 && -0.06 <= size.high)).to.be.at.least(0.95)
    expect(share(({since}) => since.from <= '2024-02-20' && '2024-02-20' <= since.to)).to.be.at.least(0.8)
  })
})

describe('a baseline', () => {
  it('needs 28 measured days of one judge', () => {
    const lines = boardOf({days: 40, missing: day => day % 3 === 0})
    expect(() => blessed(lines)).to.throw('20 days from 2024-01-01 to 2024-01-30 are measured, a baseline needs 28')
    const two = boardOf({days: 30}).map((line, i) =>
      i < 20 ? line : {...line, judge: {name: 'llm', signature: 'llm|v:2', model: 'm'}},
    )
    expect(() => blessed(two)).to.throw('2 judges: lexical|v:1, llm|v:2 (m)')
    const models = boardOf({days: 30}).map((line, i) => ({...line, judge: {...JUDGE, model: i < 15 ? 'a' : 'b'}}))
    expect(() => blessed(models)).to.throw('2 judges: lexical|v:1 (a), lexical|v:1 (b)')
  })

  it('gives noisy channels less weight, and none of them more than twice that of the middle one', () => {
    const {scores} = blessed(boardOf({days: 30, shift: (day, channel) => (channel === '@habr' && day % 2 ? 0.5 : 0)}))
    const weights = Object.values(scores['coverage']?.weights ?? {}).toSorted((a, b) => a - b)
    expect(scores['coverage']?.weights['@habr']).to.equal(weights[0])
    expect((weights.at(-1) ?? 0) / (weights[2] ?? 0)).to.be.below(2)
  })

  it('leaves out a score that does not vary', () => {
    const lines = boardOf({days: 30}).map(line => ({
      ...line,
      channels: Object.fromEntries(
        Object.entries(line.channels).map(([name, day]) => [
          name,
          'scores' in day ? {...day, scores: {...day.scores, accuracy: 1}} : day,
        ]),
      ),
    }))
    expect(Object.keys(blessed(lines).scores)).to.deep.equal(['coverage'])
  })
})
