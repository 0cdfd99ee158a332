import {spawnSync} from 'node:child_process'

import {exposition} from '#src/telemetry/exposition.js'
import {hostMetrics} from '#src/telemetry/host-metrics.js'
import type {MetricSample} from '#src/telemetry/metric-sample.js'
import {addSamples, type Totals} from '#src/telemetry/totals.js'
import {defineMetrics} from '@ep23/sdk'
import {expect} from 'chai'

import {debianProgram} from '../helpers/debian-program.ts'

const specs = defineMetrics({
  posts: {
    kind: 'counter',
    name: 'dataset_posts_read_total',
    help: 'Posts read from "sources", C:\\exports included.',
    unit: 'posts',
    labels: {channel: {atMost: 2}},
  },
  outcome: {
    kind: 'counter',
    name: 'dataset_seeds_total',
    help: 'Seed runs by how they ended.',
    unit: 'runs',
    labels: {outcome: ['ok', 'failed']},
  },
  status: {
    kind: 'gauge',
    name: 'shared_infra_bootstrap_status',
    help: 'Whether a step came up.',
    unit: 'bool',
    labels: {step: ['mongo']},
  },
  duration: {
    kind: 'histogram',
    name: 'dataset_seed_duration_seconds',
    help: 'How long a seed run took.',
    unit: 'seconds',
    labels: {},
    buckets: [0.5, 1, 5],
  },
})

const posts = (channel: string, value: number): MetricSample => ({
  kind: 'counter',
  name: specs.posts.name,
  labels: {channel},
  value,
})
const duration = (bounds: number[], counts: number[], sum: number): MetricSample => ({
  kind: 'histogram',
  name: specs.duration.name,
  labels: {},
  bounds,
  counts,
  sum,
})

async function expose(...samples: MetricSample[]): Promise<string[]> {
  const totals: Totals = new Map()
  addSamples(totals, samples)
  const text = await exposition(totals, [specs])
  return text.split('\n').filter(line => line !== '' && !line.startsWith('#'))
}

describe('exposition', () => {
  it('has closed series at zero before anything was recorded, and no gauge that nobody set', async () => {
    expect(await expose()).to.deep.equal([
      'dataset_seed_duration_seconds_bucket{le="0.5"} 0',
      'dataset_seed_duration_seconds_bucket{le="1"} 0',
      'dataset_seed_duration_seconds_bucket{le="5"} 0',
      'dataset_seed_duration_seconds_bucket{le="+Inf"} 0',
      'dataset_seed_duration_seconds_sum 0',
      'dataset_seed_duration_seconds_count 0',
      'dataset_seeds_total{outcome="ok"} 0',
      'dataset_seeds_total{outcome="failed"} 0',
    ])
  })

  it('adds up buckets from below', async () => {
    const lines = await expose(duration([0.5, 1, 5], [3, 0, 2, 1], 12.25))
    expect(lines.slice(0, 6)).to.deep.equal([
      'dataset_seed_duration_seconds_bucket{le="0.5"} 3',
      'dataset_seed_duration_seconds_bucket{le="1"} 3',
      'dataset_seed_duration_seconds_bucket{le="5"} 5',
      'dataset_seed_duration_seconds_bucket{le="+Inf"} 6',
      'dataset_seed_duration_seconds_sum 12.25',
      'dataset_seed_duration_seconds_count 6',
    ])
  })

  it('adds a histogram recorded with other bounds, never counting too much below a bound', async () => {
    const old = duration([1, 3, 10], [4, 2, 1, 1], 20)
    const lines = await expose(old, duration([0.5, 1, 5], [1, 1, 1, 1], 10))
    expect(lines.slice(0, 6)).to.deep.equal([
      'dataset_seed_duration_seconds_bucket{le="0.5"} 1',
      'dataset_seed_duration_seconds_bucket{le="1"} 6',
      'dataset_seed_duration_seconds_bucket{le="5"} 9',
      'dataset_seed_duration_seconds_bucket{le="+Inf"} 12',
      'dataset_seed_duration_seconds_sum 30',
      'dataset_seed_duration_seconds_count 12',
    ])
  })

  it('leaves out series that no declaration covers', async () => {
    const undeclared: MetricSample[] = [
      {kind: 'counter', name: 'removed_plugin_total', labels: {}, value: 1},
      {kind: 'gauge', name: specs.outcome.name, labels: {outcome: 'ok'}, value: 1, at: new Date()},
      {kind: 'counter', name: specs.outcome.name, labels: {outcome: 'ok', channel: '@habr'}, value: 1},
      {kind: 'counter', name: specs.outcome.name, labels: {toString: 'ok'}, value: 1},
    ]
    expect(await expose(...undeclared)).to.deep.equal(await expose())
  })

  it('keeps all runs together within the bound of a label', async () => {
    const lines = await expose(posts('@a', 1), posts('@b', 2), posts('@c', 4), posts('@d', 8), posts('@a', 16))
    expect(lines.filter(line => line.startsWith(specs.posts.name))).to.deep.equal([
      'dataset_posts_read_total{channel="@a"} 17',
      'dataset_posts_read_total{channel="@b"} 2',
      'dataset_posts_read_total{channel="other"} 12',
    ])
  })

  it('names a metric once that two plugins declare', async () => {
    const text = await exposition(new Map(), [specs, specs])
    expect(text.match(/# TYPE dataset_seeds_total counter/gu)).to.have.length(1)
  })

  it('passes promtool check metrics, whatever a label holds', function () {
    return checkWithPromtool(this)
  })
})

async function checkWithPromtool(test: Mocha.Context): Promise<void> {
  const promtool = debianProgram(test, 'promtool', 'prometheus')
  const totals: Totals = new Map()
  addSamples(totals, [
    posts('@новости "и" \\ \n\t{le="1"} 7 # HELP', 1e21),
    posts('\u{1F600}\u200D', 0.1),
    {kind: 'gauge', name: specs.status.name, labels: {step: 'mongo'}, value: -1.5e-7, at: new Date()},
    duration([0.5, 1, 5], [1, 2, 3, 4], -7.5),
  ])
  const input = await exposition(totals, [hostMetrics, specs])
  const {status, stdout, stderr} = spawnSync(promtool, ['check', 'metrics'], {input, encoding: 'utf8'})
  expect(stdout + stderr).to.equal('')
  expect(status).to.equal(0)
}
