import {createBirths} from '#src/telemetry/shared-metrics.js'
import type {MetricSample} from '#src/telemetry/metric-sample.js'
import {expect} from 'chai'

const counter = (channel: string, value: number): MetricSample => ({
  kind: 'counter',
  name: 'dataset_posts_read_total',
  labels: {channel},
  value,
})
const histogram = (counts: number[], sum: number): MetricSample => ({
  kind: 'histogram',
  name: 'dataset_seed_duration_seconds',
  labels: {outcome: 'ok'},
  bounds: [1, 5],
  counts,
  sum,
})
const gauge: MetricSample = {kind: 'gauge', name: 'benchmark_dataset_digests', labels: {}, value: 30, at: new Date(0)}

describe('births of series', () => {
  it('shows what is there from the start as it is: a restarted exposer must not let counters fall', () => {
    const samples = [counter('@habr', 30), histogram([0, 2, 0], 4), gauge]
    expect(createBirths()(samples)).to.deep.equal(samples)
  })

  it('shows a new counter and a new histogram at zero once, and a gauge as it is', () => {
    const births = createBirths()
    births([counter('@habr', 30)])
    const grown = [counter('@habr', 31), counter('@proglib', 30), histogram([0, 2, 0], 4), gauge]
    expect(births(grown)).to.deep.equal([counter('@habr', 31), counter('@proglib', 0), histogram([0, 0, 0], 0), gauge])
    expect(births(grown)).to.deep.equal(grown)
  })

  it('does so too after a start with nothing in the store', () => {
    const births = createBirths()
    expect(births([])).to.deep.equal([])
    expect(births([counter('@habr', 30)])).to.deep.equal([counter('@habr', 0)])
    expect(births([counter('@habr', 30)])).to.deep.equal([counter('@habr', 30)])
  })

  it('takes a series that was away for a while for the same one', () => {
    const births = createBirths()
    births([])
    births([counter('@habr', 30)])
    births([])
    expect(births([counter('@habr', 31)])).to.deep.equal([counter('@habr', 31)])
  })
})
