import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {openStore} from '#src/store/open-store.js'
import {foldRuns} from '#src/telemetry/fold-runs.js'
import {readTotals} from '#src/telemetry/stored-metrics.js'
import type {RunMetrics} from '#src/telemetry/run-telemetry.js'
import {totalsAsSamples} from '#src/telemetry/totals.js'
import {hasCode, type Store} from '@ep23/sdk'
import {memoryStore} from '@ep23/sdk/testing'
import {expect} from 'chai'
import * as fc from 'fast-check'

import {TurnTaking, turnTakingStore} from './turn-taking-store.ts'

const now = () => new Date('2026-01-02T00:00:00Z')

/** Run number n adds 2^n, so that a total tells which runs are in it, and how often. */
function run(number: number): RunMetrics {
  return {
    run_id: `run-${number}`,
    service: 'ep23-cli',
    command: 'dataset:seed',
    recorded_at: new Date(Date.UTC(2026, 0, 1, 0, 0, number)),
    samples: [{kind: 'counter', name: 'runs_total', labels: {}, value: 2 ** number}],
  }
}

async function writeRun(store: Store, number: number): Promise<void> {
  await store.collection<RunMetrics>('ep23_metrics').upsertMany([run(number)], 'run_id')
}

async function total(store: Store): Promise<number> {
  const [counter] = totalsAsSamples(await readTotals(store))
  return counter?.kind === 'counter' ? counter.value : 0
}

async function documents(store: Store, collection: string): Promise<number> {
  let count = 0
  for await (const _ of store.collection(collection).find()) count += 1
  return count
}

describe('folding runs', () => {
  it('leaves the totals as they were, and one document', async () => {
    const store = memoryStore()
    for (let number = 0; number < 10; number++) await writeRun(store, number)
    expect(await total(store)).to.equal(2 ** 10 - 1)
    expect(await foldRuns(store, {now, batch: 3})).to.deep.equal({folded: 10, generation: 4})
    expect(await total(store)).to.equal(2 ** 10 - 1)
    expect(await documents(store, 'ep23_metrics')).to.equal(0)
    expect(await documents(store, 'ep23_metrics_totals')).to.equal(1)
  })

  it('does nothing when there is nothing to fold', async () => {
    const store = memoryStore()
    expect(await foldRuns(store, {now})).to.deep.equal({folded: 0, generation: 0})
    expect(await documents(store, 'ep23_metrics_totals')).to.equal(0)
    await writeRun(store, 1)
    await foldRuns(store, {now})
    expect(await foldRuns(store, {now})).to.deep.equal({folded: 0, generation: 1})
  })

  it('goes on where it ended when more runs have come', async () => {
    const store = memoryStore()
    await writeRun(store, 0)
    await foldRuns(store, {now})
    await writeRun(store, 1)
    expect(await total(store)).to.equal(3)
    await foldRuns(store, {now})
    expect(await total(store)).to.equal(3)
  })

  it('keeps every kind of series', async () => {
    const store = memoryStore()
    const samples: RunMetrics['samples'] = [
      {kind: 'counter', name: 'a_total', labels: {channel: '@habr'}, value: 0.1},
      {kind: 'gauge', name: 'b', labels: {}, value: 0.3, at: now()},
      {kind: 'histogram', name: 'c_seconds', labels: {}, bounds: [0.5, 1], counts: [1, 0, 2], sum: 0.1},
    ]
    const collection = store.collection<RunMetrics>('ep23_metrics')
    for (const number of [1, 2, 3]) await collection.upsertMany([{...run(number), samples}], 'run_id')
    const before = totalsAsSamples(await readTotals(store))
    await foldRuns(store, {now, batch: 1})
    expect(totalsAsSamples(await readTotals(store)))
      .to.deep.equal(before)
      .and.to.deep.equal([{...samples[0], value: 0.3}, samples[1], {...samples[2], counts: [3, 0, 6], sum: 0.3}])
  })

  it('passes on an error of the store that is no lost race', async () => {
    const store = memoryStore()
    await writeRun(store, 1)
    const full = new Error('the disk is full')
    const broken: Store = {
      ...store,
      collection: name =>
        name === 'ep23_metrics'
          ? store.collection(name)
          : Object.assign(Object.create(store.collection(name)), {
              ensureIndex: async () => undefined,
              find: (...args: []) => store.collection(name).find(...args),
              upsertMany: async () => Promise.reject(full),
            }),
    }
    const failure = await foldRuns(broken, {now}).catch((error: unknown) => error)
    expect(failure).to.equal(full)
    expect(await total(store)).to.equal(2)
  })
})

/** Some processes that write, two that fold and may be killed, one that reads, in an order drawn from the seed. */
async function play(seed: number): Promise<void> {
  const shared = memoryStore()
  const turns = new TurnTaking(seed)
  for (const folder of ['folder 1', 'folder 2'])
    if (turns.random() < 0.6) turns.crashes.set(folder, Math.floor(turns.random() * 60))
  await foldRuns(shared, {now})
  let begun = 0
  let acknowledged = 0

  const writer = async (first: number): Promise<void> => {
    const store = turnTakingStore(shared, turns, 'writer')
    for (let number = first; number < first + 4; number++) {
      begun |= 2 ** number
      await writeRun(store, number)
      acknowledged |= 2 ** number
    }
  }
  const folder = async (name: string): Promise<void> => {
    const store = turnTakingStore(shared, turns, name)
    for (let times = 0; times < 4; times++) await foldRuns(store, {now, batch: 2})
  }
  // Two processes that store the same run again and again, as after an attempt whose end is unknown.
  const repeater = async (name: string): Promise<void> => {
    const store = turnTakingStore(shared, turns, name)
    begun |= 1
    for (let times = 0; times < 8; times++) {
      await writeRun(store, 0)
      acknowledged |= 1
    }
  }
  const reader = async (): Promise<void> => {
    const store = turnTakingStore(shared, turns, 'reader')
    let previous = 0
    for (let times = 0; times < 6; times++) {
      const least = acknowledged | previous
      const read = await total(store).catch((error: unknown) => {
        if (!hasCode(error, 'METRICS_BUSY')) throw error
        return previous
      })
      expect(read & least, `seed ${seed}: runs missing`).to.equal(least)
      expect(read | begun, `seed ${seed}: runs counted twice or never written`).to.equal(begun)
      previous = read
    }
  }
  const failures: unknown[] = []
  const writers = [writer(1), writer(5), repeater('repeater 1'), repeater('repeater 2')]
  const actors = [...writers, folder('folder 1'), folder('folder 2'), reader()]
  for (const actor of actors) actor.catch((error: unknown) => failures.push(error))
  await turns.play()
  if (failures.length > 0) throw failures[0]

  await foldRuns(shared, {now})
  expect(await total(shared), `seed ${seed}: after the last fold`).to.equal(2 ** 9 - 1)
  expect(await documents(shared, 'ep23_metrics')).to.equal(0)
  expect(await documents(shared, 'ep23_metrics_totals')).to.equal(1)
}

describe('several folders on one SQLite file', () => {
  it('fold every run once', async function () {
    this.timeout(120_000)
    const folder = mkdtempSync(join(tmpdir(), 'ep23-fold-'))
    const stores = await Promise.all(Array.from({length: 3}, async () => openStore(join(folder, 'store.sqlite'))))
    const [one] = stores
    if (!one) throw new Error('no store')
    for (let number = 0; number < 40; number++) await writeRun(one, number)
    const results = await Promise.all(stores.map(async store => foldRuns(store, {now, batch: 3})))
    expect(await total(one)).to.equal(2 ** 40 - 1)
    expect(results.reduce((sum, {folded}) => sum + folded, 0)).to.equal(40)
    expect(await documents(one, 'ep23_metrics_totals')).to.equal(1)
    for (const store of stores) await store.dispose()
    rmSync(folder, {recursive: true})
  })
})

describe('reading totals while others write, fold and die', () => {
  it('is exact at any moment, in any order of events, with folders killed at any step', async function () {
    this.timeout(120_000)
    await fc.assert(fc.asyncProperty(fc.integer(), play), {numRuns: 120})
  })
})
