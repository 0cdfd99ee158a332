import {mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {foldRuns} from '#src/telemetry/fold-runs.js'
import {readTotals} from '#src/telemetry/stored-metrics.js'
import {totalsAsSamples} from '#src/telemetry/totals.js'
import {keepUnsent, sendUnsent, unsentFolder} from '#src/telemetry/unsent-runs.js'
import {writeRun, type RunTelemetry} from '#src/telemetry/run-telemetry.js'
import type {Store} from '@ep23/sdk'
import {memoryStore} from '@ep23/sdk/testing'
import {expect} from 'chai'

const at = new Date('2026-01-02T03:04:05.678Z')

function telemetry(run_id: string): RunTelemetry {
  const run = {run_id, trace_id: 't', command: 'dataset:seed', started_at: at, service: 'ep23-cli', version: '1'}
  return {
    metrics: {
      run_id,
      service: 'ep23-cli',
      command: 'dataset:seed',
      recorded_at: at,
      samples: [{kind: 'counter', name: 'runs_total', labels: {}, value: 1}],
    },
    run: {...run, finished_at: at, duration_seconds: 1, exit: 0, outcome: 'ok', facts: {since: at}},
    spans: [],
  }
}

async function count(store: Store): Promise<number> {
  const [counter] = totalsAsSamples(await readTotals(store))
  return counter?.kind === 'counter' ? counter.value : 0
}

describe('runs that wait to be stored', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ep23-unsent-'))
  })
  afterEach(() => rmSync(folder, {recursive: true, force: true}))

  it('are stored as they were, then gone', async () => {
    const store = memoryStore()
    for (const id of ['b', 'a', 'c']) expect(keepUnsent(folder, telemetry(id))).to.equal(true)
    expect(await sendUnsent(folder, store, 2)).to.equal(2)
    expect(readdirSync(folder)).to.deep.equal(['c.json'])
    expect(await sendUnsent(folder, store)).to.equal(1)
    expect(await count(store)).to.equal(3)
    for await (const run of store.collection<{run_id: string}>('ep23_runs').find())
      expect(run).to.deep.equal(telemetry(run.run_id).run)
    expect(await sendUnsent(folder, store)).to.equal(0)
  })

  it('do not keep what was killed while it was written: it goes after a day', async () => {
    const [old, young] = ['.a.json.0123456789ab.tmp', '.b.json.0123456789ab.tmp']
    for (const name of [old, young]) writeFileSync(join(folder, name), 'half')
    const before = new Date(Date.now() - 25 * 3_600_000)
    utimesSync(join(folder, old), before, before)
    expect(await sendUnsent(folder, memoryStore())).to.equal(0)
    expect(readdirSync(folder)).to.deep.equal([young])
  })

  it('are counted once, however often and by whomever they are stored, folded or not', async () => {
    const store = memoryStore()
    for (let times = 1; times < 5; times++) {
      keepUnsent(folder, telemetry('a'))
      await Promise.all([sendUnsent(folder, store), sendUnsent(folder, store)])
      await writeRun(store, telemetry(`other ${times}`))
      expect(await count(store)).to.equal(1 + times)
      await foldRuns(store, {now: () => at})
      expect(await count(store)).to.equal(1 + times)
    }
  })

  it('stay when the store fails', async () => {
    keepUnsent(folder, telemetry('a'))
    const store = memoryStore()
    await store.dispose()
    expect(await sendUnsent(folder, store).catch((error: unknown) => error)).to.have.property('code', 'STORE_CLOSED')
    expect(readdirSync(folder)).to.deep.equal(['a.json'])
  })

  it('are not kept waiting by one that was cut off, which is set aside', async () => {
    keepUnsent(folder, telemetry('b'))
    for (const cut of ['', '{"run":']) {
      writeFileSync(join(folder, 'a.json'), cut)
      expect(await sendUnsent(folder, memoryStore())).to.equal(cut === '' ? 1 : 0)
      expect(readdirSync(folder)).to.deep.equal(['a.json.broken'])
    }
  })

  it('leave nothing behind where they cannot be written', () => {
    mkdirSync(join(folder, 'a.json/in-the-way'), {recursive: true})
    expect(() => keepUnsent(folder, telemetry('a'))).to.throw()
    expect(readdirSync(folder)).to.deep.equal(['a.json'])
  })

  it('are none when there is no folder', async () => {
    expect(await sendUnsent(join(folder, 'none'), memoryStore())).to.equal(0)
  })

  it('are a thousand at most', () => {
    for (let index = 0; index < 1000; index++) writeFileSync(join(folder, `${index}.json`), '')
    expect(keepUnsent(folder, telemetry('a'))).to.equal(false)
  })

  it('are readable by their owner alone', function () {
    if (process.platform === 'win32') this.skip()
    keepUnsent(join(folder, 'new'), telemetry('a'))
    expect((statSync(join(folder, 'new')).mode & 0o777).toString(8)).to.equal('700')
    expect((statSync(join(folder, 'new/a.json')).mode & 0o777).toString(8)).to.equal('600')
  })

  it('have a folder for each store, which tells nothing of it', () => {
    const one = unsentFolder({logDir: '/logs', store: 'mongodb://ann:pa55@host/db'})
    expect(one).to.match(/^\/logs\/unsent\/[0-9a-f]{12}$/u)
    expect(unsentFolder({logDir: '/logs', store: 'mongodb://ann:pa55@host/other'})).to.not.equal(one)
  })
})
