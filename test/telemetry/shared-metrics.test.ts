import {createMetrics} from '#src/telemetry/registry.js'
import {createSharedMetrics} from '#src/telemetry/shared-metrics.js'
import {defineMetrics, type LiveGauge, type SharedSeries, type Store} from '@ep23/sdk'
import {fixedClock, memoryStore} from '@ep23/sdk/testing'
import {expect} from 'chai'

const specs = defineMetrics({
  posts: {
    kind: 'counter',
    name: 'test_posts_total',
    help: 'Posts that a test has counted.',
    unit: 'posts',
    labels: {outcome: ['ok', 'failed']},
  },
  stock: {
    kind: 'gauge',
    name: 'test_stock',
    help: 'Posts that a test has in stock.',
    unit: 'posts',
    labels: {channel: {atMost: 2}},
  },
})

describe('shared metrics', () => {
  const clock = fixedClock(new Date('2026-11-23T09:00:00Z'))

  function started(store: Store) {
    const metrics = createMetrics({now: () => clock.now()})
    const shared = createSharedMetrics({
      store,
      metrics,
      clock,
      run: {run_id: 'sidecar', command: 'observability:serve'},
      service: 'ep23-sidecar',
      settings: {store: 'memory', logDir: '/nowhere'},
      contributions: async () => [{plugin: 'test', metrics: specs}],
    })
    return {shared, ...metrics.bind(specs)}
  }

  function valueOf(series: readonly SharedSeries[], name: string, label: string): number | undefined {
    const found = series.find(one => one.name === name && Object.values(one.labels).includes(label))
    return found?.kind === 'histogram' ? undefined : found?.value
  }

  it('names the owner of every declaration, sorted by metric', async () => {
    const declarations = await started(memoryStore()).shared.declarations()
    expect(declarations.filter(({owner}) => owner === 'test').map(({spec}) => spec.name)).to.deep.equal([
      'test_posts_total',
      'test_stock',
    ])
    expect(declarations.map(({owner}) => owner)).to.include('ep23')
    const names = declarations.map(({spec}) => spec.name)
    expect(names).to.deep.equal(names.toSorted())
  })

  it('shows what was published, and only that, once', async () => {
    const {shared, posts} = started(memoryStore())
    posts.inc({outcome: 'ok'}, 3)
    expect(valueOf(await shared.series(), 'test_posts_total', 'ok')).to.equal(0)
    await Promise.all([shared.publish(), shared.publish()])
    await shared.publish()
    expect(valueOf(await shared.series(), 'test_posts_total', 'ok')).to.equal(3)
    expect(await shared.exposition()).to.include('test_posts_total{outcome="failed"} 0\n')
  })

  it('counts a share once whose storing had an unknown end', async () => {
    const store = memoryStore()
    let failing = true
    const {shared, posts} = started(brokenAfterWriting(store, () => failing))
    posts.inc({outcome: 'ok'}, 3)
    await shared.publish().catch((error: unknown) => expect(error).to.be.an('error'))
    posts.inc({outcome: 'ok'}, 4)
    failing = false
    await shared.publish()
    expect(valueOf(await shared.series(), 'test_posts_total', 'ok')).to.equal(7)
    await shared.fold()
    expect(valueOf(await shared.series(), 'test_posts_total', 'ok')).to.equal(7)
  })

  it('prefers what is measured now to what was stored under the same name, within the bound', async () => {
    const {shared, stock} = started(memoryStore())
    stock.set({channel: '@old'}, 9)
    await shared.publish()
    const channels = ['@habr', '@proglib', '@durov', '@tass']
    const live: LiveGauge = {spec: specs.stock, values: channels.map(channel => ({labels: {channel}, value: 30}))}
    const series = (await shared.series([live])).filter(({name}) => name === 'test_stock')
    expect(series.map(({labels}) => labels['channel'])).to.deep.equal(['@habr', '@proglib', 'other'])
  })
})

/** Writes, and then says that it failed. */
function brokenAfterWriting(store: Store, isFailing: () => boolean): Store {
  return {
    ...store,
    collection(name) {
      const collection = store.collection<never>(name)
      return {
        ...collection,
        find: (filter, options) => collection.find(filter, options),
        deleteMany: filter => collection.deleteMany(filter),
        ensureIndex: spec => collection.ensureIndex(spec),
        countBy: (filter, field) => collection.countBy(filter, field),
        tally: (filter, fields) => collection.tally(filter, fields),
        async upsertMany(documents, key) {
          const counts = await collection.upsertMany(documents as never, key)
          if (isFailing()) throw new Error('the connection broke')
          return counts
        },
      }
    },
  }
}
