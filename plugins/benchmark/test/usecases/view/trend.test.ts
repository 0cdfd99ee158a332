import {expect} from 'chai'

import type {RunSummary} from '#src/domain/view-summary.js'
import {matrixOf} from '#src/usecases/view/matrix.js'
import {renderTrend, trendFrom} from '#src/usecases/view/render-trend.js'
import {trendSteps} from '#src/usecases/view/trend.js'
import {plainText} from '@ep23/sdk/testing'
import {atOnce} from '@ep23/statistics'

const trendOf = (...given: Parameters<typeof trendSteps>) => atOnce(trendSteps(...given))

const DAYS = Array.from({length: 30}, (_, day) => `2024-11-${String(day + 1).padStart(2, '0')}`)
const CHANNELS = ['@one_ch', '@two_ch', '@three_ch']

interface Planted {
  run_id: string
  judge?: string
  writer?: string
  anew?: boolean
  channels?: readonly string[]
  signature?: string
  partial?: RunSummary['head']['partial']
  days?: readonly string[]
  level: (day: number, channel: number) => number
}

function summary({
  run_id,
  judge = 'lexical',
  writer = 'model-a',
  anew = false,
  partial = null,
  days = DAYS,
  channels = CHANNELS,
  signature,
  level,
}: Planted): RunSummary {
  const digests = days.flatMap((day, d) =>
    channels.map((channel, c) => ({
      index: d * channels.length + c,
      sample_id: `${channel}:${day}`,
      channel,
      day,
      origin: 'telegram' as const,
      writer,
      anew,
      length: 1000 + 500 * c + 40 * d,
      scores: [level(d, c)],
    })),
  )
  const instrument = {scenario: 's', judge, model: null, signature: signature ?? judge, prompt: null, scale: judge}
  const head = {
    run_id,
    title: 's',
    instrument,
    writers: [writer],
    verdict: 'pass',
    headline: null,
    samples: digests.length,
    channels: 3,
    first_day: days[0] ?? null,
    last_day: days.at(-1) ?? null,
    dataset_root: '',
    cost: 0,
    finished_at: run_id,
    partial,
    anew,
  }
  return {folder: `/runs/${run_id}`, head, scores: ['coverage'], digests}
}

const wave = (day: number, channel: number): number => 0.6 + 0.02 * ((day * 7 + channel * 3) % 5) - 0.04

describe('the trend over runs', () => {
  it('never joins the scores of two judges', () => {
    const {series} = trendOf([
      summary({run_id: '2', judge: 'other', level: () => 0.2}),
      summary({run_id: '1', level: wave}),
    ])
    expect(series.map(({instrument}) => instrument.judge)).to.have.members(['lexical', 'other'])
    for (const {points} of series) expect(points).to.have.length(30)
  })

  it('counts a digest once, as its newest whole run scored it', () => {
    const part = summary({run_id: '3', partial: 'limited', days: DAYS.slice(0, 2), level: () => 0})
    const {series} = trendOf([part, summary({run_id: '2', level: () => 0.5}), summary({run_id: '1', level: () => 0.9})])
    expect(series[0]?.points.map(({mean}) => mean)).to.deep.equal(DAYS.map(() => 0.5))
    expect(series[0]?.points.every(({partial}) => !partial)).to.equal(true)
  })

  it('marks points of runs over a part, and days from which another writes', () => {
    const part = summary({run_id: '3', partial: 'limited', days: ['2024-12-01'], writer: 'model-b', level: () => 0.5})
    const [series] = trendOf([part, summary({run_id: '1', level: wave})]).series
    expect(series?.points.at(-1)).to.include({day: '2024-12-01', partial: true})
    expect(series?.writers).to.deep.equal([{day: '2024-12-01', writer: 'model-b'}])
  })

  it('never joins digests that were written anew to those of the dataset, whoever wrote both', () => {
    const later = summary({run_id: '2', anew: true, days: DAYS.slice(20), level: () => 0.9})
    const {series} = trendOf([later, summary({run_id: '1', level: wave})], [], [{name: 'main', run_id: '1'}])
    expect(series.map(({anew, points}) => [anew, points.length])).to.deep.equal([
      [false, 30],
      [true, 10],
    ])
    expect(series.map(({changes, writers}) => [...changes, ...writers])).to.deep.equal([[], []])
    expect(series.map(({marks}) => marks.map(({kind}) => kind))).to.deep.equal([['baseline'], []])
    expect(plainText(renderTrend({scores: ['coverage'], channels: [], series})).join('\n')).to.include(
      'by lexical, digests written anew: 10 days',
    )
  })

  it('finds the band of days in which the level fell, and none where it did not', () => {
    const fallen = summary({run_id: '1', level: (day, channel) => wave(day, channel) - (day >= 15 ? 0.2 : 0)})
    const [series] = trendOf([fallen]).series
    expect(series?.changes).to.have.length(1)
    expect(series?.changes[0]?.from).to.be.oneOf(['2024-11-15', '2024-11-16'])
    expect(trendOf([summary({run_id: '1', level: wave})]).series[0]?.changes).to.deep.equal([])
  })

  describe('as channels come and go', () => {
    const later = {run_id: '2', days: DAYS.slice(20)}
    /** The level of a channel, low or high, in the days of `DAYS` from `first` on. */
    const levels = (low: number, {first = 0, fall = 0, joined = ['@low_ch']} = {}) => {
      const level = (day: number, channel: number) => wave(day + first, channel) - (day + first >= 15 ? fall : 0)
      return [
        summary({...later, days: DAYS.slice(first), channels: joined, level: (day, c) => level(day, c) + low}),
        summary({run_id: '1', level: (day, channel) => wave(day, channel) - (day >= 15 ? fall : 0)}),
      ]
    }
    const bands = (runs: readonly RunSummary[]) => trendOf(runs).series[0]?.changes

    it('calls no change of level that a lower, a higher or another channel joins', () => {
      for (const low of [-0.4, 0.3, 0]) expect(bands(levels(low, {first: 20}))).to.deep.equal([])
    })

    it('calls none that a channel leaves, or that all are others from a day on', () => {
      const before = {run_id: '1', days: DAYS.slice(0, 15), level: wave}
      const after = (channels: readonly string[], low: number) =>
        summary({...{run_id: '2', days: DAYS.slice(15), channels}, level: (day, c) => wave(day + 15, c) + low})
      const leaves = [
        after(CHANNELS.slice(0, 2), 0),
        summary({...before, level: (day, c) => wave(day, c) - (c === 2 ? 0.4 : 0)}),
      ]
      expect(bands(leaves)).to.deep.equal([])
      expect(bands([after(['@four_ch', '@five_ch'], -0.3), summary(before)])).to.deep.equal([])
    })

    it('finds the day on which the channels fell that were there before and after, though others join', () => {
      for (const low of [-0.4, 0.4]) {
        const found = bands(levels(low, {first: 15, fall: 0.2}))
        expect(found).to.have.length(1)
        expect(found?.[0]?.from).to.be.oneOf(['2024-11-15', '2024-11-16'])
      }
    })

    it('says a single day as one day', () => {
      const lines = plainText(renderTrend(trendOf(levels(0, {first: 29, fall: 0.3})))).filter(line =>
        line.includes('level'),
      )
      expect(lines).to.deep.equal(['  the level changed on 2024-11-16'])
    })
  })

  it('stops again and again while it looks for changes, so that a signal is heard', () => {
    expect(Array.from(trendSteps([summary({run_id: '1', level: wave})])).length).to.be.above(400)
  })

  it('takes out the length of the posts, within each channel', () => {
    // Longer days score lower by 0.1 a doubling and nothing else happens.
    const lengths = (day: number, channel: number) => 1000 + 500 * channel + 40 * day
    const [series] = trendOf([
      summary({run_id: '1', level: (day, channel) => 0.9 - 0.1 * Math.log2(lengths(day, channel) / 1000)}),
    ]).series
    const spread = (of: (point: NonNullable<typeof series>['points'][number]) => number) => {
      const values = series?.points.map(of) ?? []
      return Math.max(...values) - Math.min(...values)
    }
    expect(spread(({mean}) => mean)).to.be.above(0.05)
    expect(spread(({adjusted}) => adjusted ?? 0)).to.be.below(1e-9)
    const few = summary({run_id: '1', days: DAYS.slice(0, 5), level: wave})
    expect(trendOf([few]).series[0]?.points[0]?.adjusted).to.equal(null)
  })

  it('has no such value for a day without text', () => {
    const whole = summary({run_id: '1', level: wave})
    const digests = whole.digests.map(digest => (digest.day === DAYS[0] ? {...digest, length: 0} : digest))
    const points = trendOf([{...whole, digests}]).series[0]?.points ?? []
    expect(points.map(({adjusted}) => adjusted === null)).to.deep.equal(DAYS.map((_, day) => day === 0))
  })

  it('marks from when another judge judged, and where a baseline ends', () => {
    const later = summary({run_id: '2', judge: 'other', days: DAYS.slice(20), level: wave})
    const {series} = trendOf(
      [later, summary({run_id: '1', days: DAYS.slice(0, 20), level: wave})],
      [],
      [{name: 'main', run_id: '1'}],
    )
    expect(series.find(({instrument}) => instrument.judge === 'other')?.marks).to.deep.equal([
      {day: '2024-11-21', kind: 'judge', name: 'other'},
    ])
    expect(series.find(({instrument}) => instrument.judge === 'lexical')?.marks).to.deep.equal([
      {day: '2024-11-20', kind: 'baseline', name: 'main'},
    ])
  })

  it('leaves out days without a measurement, and is told from a day on', () => {
    const gap = summary({run_id: '1', days: DAYS.filter((_, day) => day !== 10), level: wave})
    const trend = trendFrom(trendOf([gap]), {score: 'coverage', since: '2024-11-10'})
    expect(trend.series[0]?.points.map(({day}) => day).slice(0, 2)).to.deep.equal(['2024-11-10', '2024-11-12'])
    const lines = plainText(renderTrend(trend))
    expect(lines[0]).to.equal('coverage, telegram, by lexical: 20 days')
    expect(Math.max(...lines.map(line => line.length))).to.be.at.most(80)
  })
})

describe('the matrix of writers', () => {
  it('names the best, those that are worse, and those that cannot be told apart', () => {
    const {cells} = matrixOf([
      summary({run_id: '3', writer: 'a', level: wave}),
      summary({run_id: '2', writer: 'b', level: (day, channel) => wave(day, channel) - 0.1 - 0.001 * channel}),
      summary({run_id: '1', writer: 'c', level: (day, channel) => wave(day, channel) + (channel - 1) * 0.05 - 0.001}),
    ])
    const standing = Object.fromEntries(cells.map(({writer, standing}) => [writer, standing]))
    expect(standing).to.deep.equal({a: 'same', b: 'worse', c: 'same'})
  })

  it('ranks by the digests that two writers share: who wrote hard ones besides is not worse for it', () => {
    // Beta wrote the same twelve easy days a little better, and eighteen hard ones.
    const easy = (day: number, channel: number) => 0.2 + wave(day, channel) + 0.005 * channel
    const {cells} = matrixOf([
      summary({run_id: '2', writer: 'alpha', days: DAYS.slice(0, 12), level: easy}),
      summary({
        run_id: '1',
        writer: 'beta',
        level: (day, channel) => easy(day, channel) + 0.05 + 0.002 * (day % 3) - (day < 12 ? 0 : 0.5),
      }),
    ])
    expect(cells.map(({writer, standing, shared, samples}) => ({writer, standing, shared, samples}))).to.deep.equal([
      {writer: 'beta', standing: 'best', shared: null, samples: 90},
      {writer: 'alpha', standing: 'worse', shared: 36, samples: 36},
    ])
    expect(cells[0]?.mean).to.be.below(cells[1]?.mean ?? 0)
  })

  it('ranks by them whatever each writer lacks', () => {
    // Every writer is unmeasured on other days, and those of the better one are its easy ones.
    const difficulty = (day: number) => (day % 2 === 0 ? 0 : -0.3)
    const of = (run_id: string, writer: string, {worth, lacks}: {worth: number; lacks: (day: number) => boolean}) => {
      const own = [...DAYS.keys()].filter(day => !lacks(day))
      const level = (place: number, channel: number) =>
        wave(own[place] ?? 0, channel) + worth + difficulty(own[place] ?? 0)
      return summary({run_id, writer, days: own.map(day => DAYS[day] ?? ''), level})
    }
    const standings = (lacks: Record<string, (day: number) => boolean>) => {
      const runs = Object.entries({good: 0.2, fair: 0.1, poor: 0}).map(([writer, worth], i) =>
        of(String(i), writer, {worth, lacks: lacks[writer] ?? (() => false)}),
      )
      return Object.fromEntries(matrixOf(runs).cells.map(({writer, standing}) => [writer, standing]))
    }
    const expected = {good: 'best', fair: 'worse', poor: 'worse'}
    expect(standings({})).to.deep.equal(expected)
    expect(standings({good: day => day % 2 === 0 && day > 4})).to.deep.equal(expected)
    expect(standings({fair: day => day % 2 === 1 && day > 4, poor: day => day % 2 === 1 && day > 6})).to.deep.equal(
      expected,
    )
  })

  it('never calls worse who leads on the digests that both wrote, though three lead each other in a circle', () => {
    const pair = (days: readonly string[], worth: number) => ({days, worth})
    const [ab, bc, ca] = [DAYS.slice(0, 10), DAYS.slice(10, 20), DAYS.slice(20)]
    const writes = {
      a: [pair(ab, 0.1), pair(ca, 0)],
      b: [pair(ab, 0), pair(bc, 0.1)],
      c: [pair(bc, 0), pair(ca, 0.1)],
    }
    const {cells} = matrixOf(
      Object.entries(writes).map(([writer, parts], i) => {
        const own = parts.map(({days, worth}) =>
          summary({...{run_id: String(i), writer, days}, level: (day, channel) => wave(day, channel) + worth}),
        )
        return {...(own[0] as RunSummary), digests: own.flatMap(({digests}) => digests)}
      }),
    )
    expect(cells.map(({standing}) => standing)).to.have.members(['same', 'same', 'worse'])
  })

  it('takes no run over a part', () => {
    expect(matrixOf([summary({run_id: '1', partial: 'stopped_early', level: wave})]).cells).to.deep.equal([])
  })

  it('says nothing better or worse of two digests, however steady their difference', () => {
    const two = {days: DAYS.slice(0, 1), channels: CHANNELS.slice(0, 2)}
    const {cells} = matrixOf([
      summary({run_id: '2', writer: 'a', level: () => 0.7, ...two}),
      summary({run_id: '1', writer: 'b', level: () => 0.6, ...two}),
    ])
    expect(cells.map(({standing, shared}) => [standing, shared])).to.deep.equal([
      ['same', null],
      ['same', 2],
    ])
  })

  it('compares nobody who has no digests, or only one channel, in common with the best', () => {
    const {cells} = matrixOf([
      summary({run_id: '3', writer: 'a', days: DAYS.slice(0, 10), level: wave}),
      summary({run_id: '2', writer: 'b', days: DAYS.slice(10), level: (day, channel) => wave(day, channel) - 0.3}),
      summary({
        run_id: '1',
        writer: 'c',
        channels: CHANNELS.slice(0, 1),
        level: (day, channel) => wave(day, channel) - 0.3,
      }),
    ])
    expect(cells.map(({standing}) => standing)).to.deep.equal(['uncompared', 'uncompared', 'uncompared'])
    expect(cells.every(({p_holm}) => p_holm === null)).to.equal(true)
  })

  it('keeps what was written anew apart from the dataset’s digests by the same name', () => {
    const {cells} = matrixOf([
      summary({run_id: '2', anew: true, level: (day, channel) => wave(day, channel) - 0.1}),
      summary({run_id: '1', level: wave}),
    ])
    expect(cells.map(({writer, anew, standing}) => [writer, anew, standing])).to.deep.equal([
      ['model-a', false, 'best'],
      ['model-a', true, 'worse'],
    ])
  })

  it('never sets scores of a judge beside those of its older version', () => {
    const {cells} = matrixOf([
      summary({run_id: '2', writer: 'a', signature: 'v:2', level: wave}),
      summary({run_id: '1', writer: 'b', signature: 'v:1', level: () => 0.1}),
    ])
    expect(cells.map(({writer, standing}) => [writer, standing])).to.deep.equal([['a', 'uncompared']])
  })
})
