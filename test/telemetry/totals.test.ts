import type {MetricSample} from '#src/telemetry/metric-sample.js'
import {addSamples, totalsAsSamples, zeroInitialise, type Totals} from '#src/telemetry/totals.js'
import {defineMetrics} from '@ep23/sdk'
import {expect} from 'chai'
import * as fc from 'fast-check'

const counter = (value: number, labels = {channel: '@habr'}): MetricSample => ({
  kind: 'counter',
  name: 'posts_total',
  labels,
  value,
})
const gauge = (value: number, at: string): MetricSample => ({
  kind: 'gauge',
  name: 'status',
  labels: {},
  value,
  at: new Date(at),
})
const histogram = (counts: number[], sum: number, bounds = [1, 2]): MetricSample => ({
  kind: 'histogram',
  name: 'duration_seconds',
  labels: {},
  bounds,
  counts,
  sum,
})

function totalOf(...samples: MetricSample[]): MetricSample[] {
  const totals: Totals = new Map()
  addSamples(totals, samples)
  return totalsAsSamples(totals)
}

describe('totals over runs', () => {
  it('add up counters exactly', () => {
    expect(totalOf(counter(0.1), counter(0.2), counter(5))).to.deep.equal([counter(5.3)])
  })

  it('keep series with other labels apart', () => {
    expect(totalOf(counter(1), counter(2, {channel: '@proglib'}))).to.have.length(2)
  })

  it('take labels in any order as the same series', () => {
    const one = {...counter(1), labels: {channel: '@habr', origin: 'telegram'}}
    const two = {...counter(1), labels: {origin: 'telegram', channel: '@habr'}}
    expect(totalOf(one, two)).to.deep.equal([{...one, value: 2}])
  })

  it('add up the buckets and the sum of histograms', () => {
    expect(totalOf(histogram([1, 0, 2], 0.1), histogram([0, 3, 1], 0.2))).to.deep.equal([histogram([1, 3, 3], 0.3)])
  })

  it('keep histograms with other bounds apart', () => {
    expect(totalOf(histogram([1, 0, 2], 4), histogram([1, 1], 3, [5]))).to.have.length(2)
  })

  it('keep the latest value of a gauge, whatever order they come in', () => {
    const [early, late] = [gauge(1, '2026-01-01'), gauge(0, '2026-01-02')]
    expect(totalOf(early, late)).to.deep.equal([late])
    expect(totalOf(late, early)).to.deep.equal([late])
  })

  it('keep the greater of two gauge values of the same moment', () => {
    const [one, two] = [gauge(1, '2026-01-01'), gauge(2, '2026-01-01')]
    expect(totalOf(one, two)).to.deep.equal(totalOf(two, one)).and.to.deep.equal([two])
  })

  it('leave out a gauge that a wrong clock set in years to come, so that it does not stand still until then', () => {
    const now = new Date('2026-01-03')
    const [real, wrong] = [gauge(1, '2026-01-02'), gauge(0, '2030-01-01')]
    for (const samples of [
      [real, wrong],
      [wrong, real],
    ]) {
      const totals: Totals = new Map()
      addSamples(totals, samples, now)
      expect(totalsAsSamples(totals)).to.deep.equal([real])
    }
  })

  it('end the series that a gauge was cleared of, whatever order they come in', () => {
    const at = (day: number) => new Date(`2026-01-0${day}`)
    const value = (metric: string, day: number, judge = 'llm'): MetricSample => ({
      ...{kind: 'gauge', name: 'value', labels: {judge, metric}, value: day, at: at(day)},
    })
    const end: MetricSample = {kind: 'gauge', name: 'value', labels: {judge: 'llm'}, value: 0, at: at(2), ends: true}
    const kept = [value('coverage', 3), value('accuracy', 1, 'lexical'), value('latency', 2)]
    const all = [value('coverage', 1), value('coherence', 1), end, ...kept]
    expect(totalOf(...all)).to.have.deep.members(kept)
    expect(totalOf(...all.toReversed())).to.have.deep.members(kept)
  })

  it('do not depend on the order of the runs', () => {
    const sample = fc.oneof(
      fc.double({noNaN: true, min: 0, max: 1e9}).map(value => counter(value)),
      fc.tuple(fc.integer(), fc.integer({min: 0, max: 3})).map(([value, day]) => gauge(value, `2026-01-0${day + 1}`)),
      fc
        .tuple(fc.array(fc.nat(), {minLength: 3, maxLength: 3}), fc.double({noNaN: true, min: -1e9, max: 1e9}))
        .map(([counts, sum]) => histogram(counts, sum)),
    )
    fc.assert(
      fc.property(fc.array(sample), samples => {
        expect(totalOf(...samples)).to.have.deep.members(totalOf(...samples.toReversed()))
      }),
    )
  })
})

describe('zero initialisation', () => {
  const specs = defineMetrics({
    runs: {
      kind: 'counter',
      name: 'ep23_runs_total',
      help: 'Runs of commands.',
      unit: 'runs',
      labels: {origin: ['telegram', 'synthetic'], outcome: ['ok', 'failed', 'warned']},
    },
    duration: {
      kind: 'histogram',
      name: 'ep23_run_duration_seconds',
      help: 'How long runs took.',
      unit: 'seconds',
      labels: {},
      buckets: [1, 2],
    },
    status: {
      kind: 'gauge',
      name: 'shared_infra_bootstrap_status',
      help: 'Whether a step came up.',
      unit: 'bool',
      labels: {step: ['mongo']},
    },
    posts: {
      kind: 'counter',
      name: 'dataset_posts_read_total',
      help: 'Posts read from sources.',
      unit: 'posts',
      labels: {channel: {atMost: 50}, outcome: ['ok']},
    },
  })
  const zeros = totalsAsSamples(zeroInitialise([specs]))

  it('has every combination of closed label sets', () => {
    const labels = zeros.filter(({name}) => name === 'ep23_runs_total').map(sample => sample.labels)
    expect(labels).to.have.length(6)
    expect(labels).to.deep.include.members([
      {origin: 'telegram', outcome: 'ok'},
      {origin: 'synthetic', outcome: 'warned'},
    ])
  })

  it('has every bucket of a histogram', () => {
    expect(zeros).to.deep.include({...histogram([0, 0, 0], 0), name: 'ep23_run_duration_seconds'})
  })

  it('leaves gauges absent, because nobody measured 0', () => {
    expect(zeros.filter(({kind}) => kind === 'gauge')).to.deep.equal([])
  })

  it('leaves out metrics whose label values are not known in advance', () => {
    expect(zeros.filter(({name}) => name === 'dataset_posts_read_total')).to.deep.equal([])
  })
})
