import {
  LABEL_TAXONOMY,
  POLICY_RULES,
  policyFindings,
  SERIES_BUDGET,
  seriesCount,
} from '#src/telemetry/observability-policy.js'
import type {MetricSpec} from '#src/telemetry/metrics.js'
import {expect} from 'chai'
import * as fc from 'fast-check'

const counter: MetricSpec = {
  kind: 'counter',
  name: 'dataset_posts_read_total',
  help: 'Posts read from sources.',
  unit: 'posts',
  labels: {channel: {atMost: 50}},
}
const histogram: MetricSpec = {
  kind: 'histogram',
  name: 'dataset_seed_duration_seconds',
  help: 'How long a seed run took.',
  unit: 'seconds',
  labels: {outcome: ['ok', 'failed']},
  buckets: [0.5, 1, 5],
}
const gauge: MetricSpec = {
  kind: 'gauge',
  name: 'rag_variance_ratio',
  help: 'Share of variance between runs.',
  unit: 'ratio',
  labels: {window: ['7d', '30d']},
}

function rulesBrokenBy(spec: unknown): string[] {
  return policyFindings({metric: spec as MetricSpec}).map(({rule}) => rule)
}

/** For each rule, declarations that break it and nothing else. */
const refusals: Record<string, unknown[]> = {
  'declaration-shape': [
    undefined,
    null,
    'a_counter_total',
    {...counter, kind: 'summary'},
    {...counter, help: undefined},
    {...counter, name: 7},
    {...counter, labels: undefined},
    {...histogram, buckets: 5},
  ],
  'metric-name': [
    {...counter, name: 'Dataset_posts_read_total'},
    {...counter, name: 'dataset-posts_read_total'},
    {...counter, name: 'dataset__posts_total'},
    {...counter, name: '_posts_total'},
    {...gauge, name: 'posts', unit: 'posts'},
    {...counter, name: 'посты_total'},
  ],
  'reserved-name': [
    {...gauge, name: 'dataset_posts_count', unit: 'posts'},
    {...gauge, name: 'dataset_posts_sum', unit: 'posts'},
    {...gauge, name: 'dataset_posts_bucket', unit: 'posts'},
    {...gauge, name: 'dataset_posts_gauge', unit: 'posts'},
    {...gauge, name: 'dataset_build_info', unit: 'builds'},
  ],
  'counter-total': [
    {...counter, name: 'dataset_posts_read'},
    {...gauge, name: 'dataset_posts_total', unit: 'posts'},
  ],
  'base-unit': [
    {...gauge, name: 'dataset_lag_ms', unit: 'time'},
    {...gauge, name: 'dataset_lag_minutes', unit: 'time'},
    {...gauge, name: 'dataset_size_mb', unit: 'size'},
    {...counter, name: 'dataset_ms_total'},
    {...gauge, name: 'dataset_done_percent', unit: 'share'},
  ],
  'unit-suffix': [
    {...gauge, name: 'rag_variance'},
    {...histogram, name: 'dataset_seed_duration'},
    {...counter, unit: 'bytes'},
    {...gauge, unit: 'share'},
    {...counter, name: 'dataset_work_seconds_total', unit: 'posts'},
    {...gauge, name: 'rag_ratio_seconds'},
  ],
  'unit-name': [
    {...counter, unit: ''},
    {...counter, unit: 'Posts'},
    {...counter, unit: '1'},
  ],
  'ratio-kind': [{...counter, name: 'rag_variance_ratio_total', unit: 'ratio'}],
  'help-text': [
    {...counter, help: ''},
    {...counter, help: 'posts read from sources.'},
    {...counter, help: 'Posts read from sources'},
    {...counter, help: 'Posts.'},
    {...counter, help: 'Posts read\nfrom sources.'},
  ],
  'label-taxonomy': [
    {...counter, labels: {user_id: {atMost: 10}}},
    {...counter, labels: {channel: {atMost: 10}, le: ['1']}},
    {...counter, labels: {job: ['a']}},
  ],
  'label-values': [
    {...counter, labels: {channel: []}},
    {...counter, labels: {channel: ['@habr', '@habr']}},
    {...counter, labels: {channel: ['']}},
    {...counter, labels: {channel: ['a\nb']}},
    {...counter, labels: {channel: ['x'.repeat(65)]}},
    {...counter, labels: {channel: [5]}},
    {...counter, labels: {channel: {atMost: 0}}},
    {...counter, labels: {channel: {atMost: 1.5}}},
    {...counter, labels: {channel: {atMost: Number.POSITIVE_INFINITY}}},
    {...counter, labels: {channel: {}}},
    {...counter, labels: {channel: null}},
    {...counter, labels: {channel: 'any'}},
  ],
  'cardinality-bound': [
    {...counter, labels: {channel: {atMost: SERIES_BUDGET}}},
    {...counter, labels: {channel: {atMost: 100}, scenario: {atMost: 100}}},
    {...histogram, labels: {scenario: {atMost: 2000}}},
  ],
  'histogram-buckets': [
    {...histogram, buckets: undefined},
    {...histogram, buckets: []},
    {...histogram, buckets: [1, 1]},
    {...histogram, buckets: [2, 1]},
    {...histogram, buckets: [1, Number.POSITIVE_INFINITY]},
    {...histogram, buckets: [Number.NaN]},
    {...histogram, buckets: Array.from({length: 31}, (_, index) => index)},
    {...counter, buckets: [1]},
  ],
}

describe('observability policy', () => {
  it('accepts sound declarations', () => {
    expect(policyFindings({counter, histogram, gauge})).to.deep.equal([])
    expect(rulesBrokenBy({...counter, labels: {}})).to.deep.equal([])
    expect(rulesBrokenBy({...counter, name: 'dataset_read_bytes_total', unit: 'bytes'})).to.deep.equal([])
    expect(rulesBrokenBy({...gauge, name: 'ep23_flush_timestamp_seconds', unit: 'seconds'})).to.deep.equal([])
    expect(rulesBrokenBy({...counter, labels: {channel: ['@новости', '"quoted"', 'a b']}})).to.deep.equal([])
  })

  for (const [rule, specs] of Object.entries(refusals))
    it(`refuses by ${rule}, and by that rule alone`, () => {
      for (const spec of specs) expect(rulesBrokenBy(spec), JSON.stringify(spec)).to.deep.equal([rule])
    })

  it('refuses a name declared twice in one plugin', () => {
    const findings = policyFindings({first: counter, second: {...counter}})
    expect(findings).to.deep.equal([
      {rule: 'unique-name', metric: counter.name, problem: 'declared twice in one plugin'},
    ])
  })

  it('has a refusal tested for each of its rules', () => {
    expect(new Set([...Object.keys(refusals), 'unique-name', 'one-owner'])).to.deep.equal(new Set(POLICY_RULES))
  })

  it('names every broken rule of a declaration, not only the first', () => {
    const broken = {...counter, name: 'Posts', help: '', labels: {user_id: []}}
    expect(rulesBrokenBy(broken)).to.have.members([
      'metric-name',
      'counter-total',
      'help-text',
      'label-taxonomy',
      'label-values',
    ])
  })

  it('never throws, whatever a plugin declares', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (anything, labels) => {
        const specs = {a: anything, b: {...counter, labels}, c: {...histogram, buckets: [anything]}}
        expect(policyFindings(specs as never)).to.be.an('array')
      }),
    )
  })
})

describe('series count', () => {
  it('adds `other` to a closed set that lacks it, and to every open one', () => {
    expect(seriesCount({...counter, labels: {}})).to.equal(1)
    expect(seriesCount({...counter, labels: {reason: ['timeout', 'other']}})).to.equal(2)
    expect(seriesCount({...counter, labels: {reason: ['timeout', 'refused']}})).to.equal(3)
    expect(seriesCount({...counter, labels: {reason: ['timeout'], channel: {atMost: 5}}})).to.equal(12)
  })

  it("counts a histogram's buckets, +Inf, sum and count", () => {
    expect(seriesCount(histogram)).to.equal(3 * (3 + 3))
  })
})

describe('label taxonomy', () => {
  it('holds no label that Prometheus sets itself', () => {
    for (const label of ['job', 'instance', 'le', 'quantile']) expect(LABEL_TAXONOMY.has(label), label).to.equal(false)
  })
})
