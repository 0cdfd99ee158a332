import {hostMetrics} from '#src/telemetry/host-metrics.js'
import {createMetrics} from '#src/telemetry/registry.js'
import {defineMetrics, policyFindings, type MetricSpecs} from '@ep23/sdk'
import {expect} from 'chai'

const at = new Date('2026-01-02T03:04:05.000Z')
const specs = defineMetrics({
  posts: {
    kind: 'counter',
    name: 'dataset_posts_read_total',
    help: 'Posts read from sources.',
    unit: 'posts',
    labels: {channel: {atMost: 2}},
  },
  steps: {
    kind: 'gauge',
    name: 'shared_infra_bootstrap_status',
    help: 'Whether a step came up.',
    unit: 'bool',
    labels: {step: ['mongo', 'redis']},
  },
  duration: {
    kind: 'histogram',
    name: 'dataset_seed_duration_seconds',
    help: 'How long a seed run took.',
    unit: 'seconds',
    labels: {outcome: ['ok', 'failed'], origin: ['telegram', 'synthetic']},
    buckets: [1, 2, 5],
  },
})
const dropped = 'ep23_dropped_label_values_total'

function open() {
  const metrics = createMetrics({now: () => at})
  return {metrics, ...metrics.bind(specs)}
}

describe('metrics of a process', () => {
  it('records nothing before the first record', async () => {
    expect(await open().metrics.deltas()).to.deep.equal([])
  })

  it('adds up counters per label value', async () => {
    const {metrics, posts} = open()
    posts.inc({channel: '@habr'})
    posts.inc({channel: '@habr'}, 4)
    posts.inc({channel: '@proglib'}, 0)
    expect(await metrics.deltas()).to.deep.equal([
      {kind: 'counter', name: specs.posts.name, labels: {channel: '@habr'}, value: 5},
      {kind: 'counter', name: specs.posts.name, labels: {channel: '@proglib'}, value: 0},
    ])
  })

  it('keeps the last value of a gauge, with its time', async () => {
    const {metrics, steps} = open()
    steps.set({step: 'mongo'}, 1)
    steps.set({step: 'mongo'}, 0)
    expect(await metrics.deltas()).to.deep.equal([
      {kind: 'gauge', name: specs.steps.name, labels: {step: 'mongo'}, value: 0, at},
    ])
  })

  it('ends the series of a gauge that were set before it was cleared, here and in the store', async () => {
    const {metrics, steps} = open()
    steps.set({step: 'mongo'}, 1)
    steps.clear({})
    steps.set({step: 'redis'}, 1)
    const gauge = {kind: 'gauge', name: specs.steps.name, at}
    expect(await metrics.deltas()).to.deep.equal([
      {...gauge, labels: {}, value: 0, ends: true},
      {...gauge, labels: {step: 'redis'}, value: 1},
    ])
  })

  it('puts observations into buckets whose upper bound they do not exceed', async () => {
    const {metrics, duration} = open()
    for (const seconds of [0.5, 1, 1.5, 5, 5.01, 60]) duration.observe({outcome: 'ok', origin: 'telegram'}, seconds)
    expect(await metrics.deltas()).to.deep.equal([
      {
        kind: 'histogram',
        name: specs.duration.name,
        labels: {origin: 'telegram', outcome: 'ok'},
        bounds: [1, 2, 5],
        counts: [2, 1, 1, 2],
        sum: 73.01,
      },
    ])
  })

  it('takes labels in any order as the same series', async () => {
    const {metrics, duration} = open()
    duration.observe({outcome: 'ok', origin: 'telegram'}, 1)
    duration.observe({origin: 'telegram', outcome: 'ok'}, 1)
    expect(await metrics.deltas()).to.have.length(1)
  })

  it('gives copies: what is recorded later does not change them', async () => {
    const {metrics, duration} = open()
    duration.observe({outcome: 'ok', origin: 'telegram'}, 1)
    const before = await metrics.deltas()
    duration.observe({outcome: 'ok', origin: 'telegram'}, 1)
    expect(before).to.deep.include.members([{...before[0], sum: 1}])
  })

  it('starts anew after a drain', async () => {
    const {metrics, posts} = open()
    posts.inc({channel: '@habr'}, 3)
    expect(await metrics.drain()).to.have.length(1)
    expect(await metrics.deltas()).to.deep.equal([])
    posts.inc({channel: '@habr'}, 2)
    expect(await metrics.deltas()).to.deep.include({
      kind: 'counter',
      name: specs.posts.name,
      labels: {channel: '@habr'},
      value: 2,
    })
  })
})

describe('records that cannot be right', () => {
  const {posts, steps, duration} = open()
  const cases: Record<string, () => void> = {
    'a negative increment': () => posts.inc({channel: '@habr'}, -1),
    'an increment that is no number': () => posts.inc({channel: '@habr'}, Number.NaN),
    'an infinite increment': () => posts.inc({channel: '@habr'}, Number.POSITIVE_INFINITY),
    'a gauge that is no number': () => steps.set({step: 'mongo'}, Number.NaN),
    'an infinite observation': () => duration.observe({outcome: 'ok', origin: 'telegram'}, Number.POSITIVE_INFINITY),
    'an unknown label': () => posts.inc({channel: '@habr', user: 'x'} as {channel: string}),
    'another label': () => posts.inc({user: 'x'} as unknown as {channel: string}),
    'a missing label': () => duration.observe({outcome: 'ok'} as {outcome: string; origin: string}, 1),
    'a label that every object has': () => posts.inc({toString: 'x'} as unknown as {channel: string}),
  }
  for (const [what, record] of Object.entries(cases))
    it(`refuses ${what}`, () => expect(record).to.throw().with.property('code', 'METRIC_RECORD'))
})

describe('label values outside their bound', () => {
  it('become other and are counted, for a closed set', async () => {
    const {metrics, steps} = open()
    steps.set({step: 'mongo'}, 1)
    steps.set({step: 'kafka'}, 1)
    steps.set({step: ''}, 0)
    expect(await metrics.deltas()).to.deep.equal([
      {kind: 'gauge', name: specs.steps.name, labels: {step: 'mongo'}, value: 1, at},
      {kind: 'gauge', name: specs.steps.name, labels: {step: 'other'}, value: 0, at},
      {kind: 'counter', name: dropped, labels: {metric: specs.steps.name}, value: 2},
    ])
  })

  it('become other and are counted, beyond the first values of an open set', async () => {
    const {metrics, posts} = open()
    for (let index = 0; index < 10_000; index++) posts.inc({channel: `@channel_${index}`})
    posts.inc({channel: '@channel_1'})
    const samples = await metrics.deltas()
    expect(samples).to.have.length(4)
    expect(samples).to.deep.include.members([
      {kind: 'counter', name: specs.posts.name, labels: {channel: '@channel_1'}, value: 2},
      {kind: 'counter', name: specs.posts.name, labels: {channel: 'other'}, value: 9998},
      {kind: 'counter', name: dropped, labels: {metric: specs.posts.name}, value: 9998},
    ])
  })

  it('become other when they are empty or too long to be a label', async () => {
    const {metrics, posts} = open()
    posts.inc({channel: ''})
    posts.inc({channel: 'x'.repeat(65)})
    expect(await metrics.deltas()).to.deep.include({
      kind: 'counter',
      name: specs.posts.name,
      labels: {channel: 'other'},
      value: 2,
    })
  })

  it('are made valid text first, so that two of them cannot be written alike', async () => {
    const {metrics, posts} = open()
    posts.inc({channel: 'a\uD800'})
    posts.inc({channel: 'a\uDFFF'})
    expect(await metrics.deltas()).to.deep.equal([
      {kind: 'counter', name: specs.posts.name, labels: {channel: 'a\uFFFD'}, value: 2},
    ])
  })
})

const declare = (change: object): MetricSpecs => ({posts: {...specs.posts, ...change}})

describe('binding metrics', () => {
  it('refuses what breaks the observability policy, with the name of each rule', async () => {
    const {metrics} = open()
    const broken = declare({name: 'dataset_posts', labels: {user_id: {atMost: 5}}})
    expect(() => metrics.bind(broken))
      .to.throw(/dataset_posts: .*\(rule counter-total\).*\(rule label-taxonomy\)/u)
      .with.property('code', 'METRIC_POLICY')
  })

  it("accepts the host's own metrics", async () => {
    expect(policyFindings(hostMetrics)).to.deep.equal([])
  })

  it('joins the same metric declared by another plugin', async () => {
    const {metrics, posts} = open()
    const joined = metrics.bind(structuredClone(specs))
    posts.inc({channel: '@habr'}, 2)
    joined.posts.inc({channel: '@habr'}, 3)
    expect(await metrics.deltas()).to.deep.equal([
      {kind: 'counter', name: specs.posts.name, labels: {channel: '@habr'}, value: 5},
    ])
  })

  it('joins declarations that differ in wording and order only', async () => {
    const {metrics} = open()
    const {duration, steps} = specs
    const {outcome, origin} = duration.labels
    metrics.bind({
      posts: {...specs.posts, help: 'Reworded in a later release.'},
      steps: {...steps, labels: {step: ['redis', 'mongo']}},
      duration: {...duration, labels: {origin, outcome}},
    })
  })

  for (const change of [
    {kind: 'gauge', name: specs.posts.name},
    {unit: 'records'},
    {labels: {channel: {atMost: 3}}},
    {labels: {channel: ['@habr', '@proglib']}},
    {labels: {scenario: {atMost: 2}}},
    {labels: {}},
  ])
    it(`refuses the same name with ${JSON.stringify(change)}`, () => {
      expect(() => open().metrics.bind(declare(change)))
        .to.throw()
        .with.property('code', 'METRIC_POLICY')
    })

  it('shows both declarations when they contradict each other', async () => {
    const {metrics} = open()
    expect(() => metrics.bind(declare({unit: 'records'}))).to.throw(
      /declared twice and differently \(rule same-declaration\): first .*"unit":"posts".*then .*"unit":"records"/u,
    )
  })

  it('refuses a histogram with other buckets', async () => {
    const {metrics} = open()
    expect(() => metrics.bind({duration: {...specs.duration, buckets: [1, 2]}})).to.throw(/same-declaration/u)
  })
})
