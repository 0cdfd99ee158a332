import {mkdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {DatabaseSync} from 'node:sqlite'

import {expect} from 'chai'

import {openStore} from '#src/store/open-store.js'

import type {Migration} from '#src/store/migrations.js'

import {type Ended, runEp23, temporaryFolder} from '../helpers/run-ep23.ts'
import {withStore} from '../helpers/with-store.ts'

const DUMP = readFileSync(join(import.meta.dirname, '../fixtures/store-0.1.0.sql'), 'utf8')
const DIGESTS = {
  '@comets:2024-11-30': ['telegram', 'team'],
  '@comets:2024-12-01': ['telegram', 'extractive'],
  '@comets:2024-12-02': ['synthetic', 'synthetic'],
  '@invented:2024-12-01': ['synthetic', 'synthetic'],
  '@invented:2024-12-02': ['synthetic', 'synthetic'],
}

// What was written by the first 0.1.0 is used as it is: there is no format but 1 so far.
describe('a store that 0.1.0 wrote', function () {
  this.timeout(60_000)
  const {path: folder, remove} = temporaryFolder()
  const store = join(folder, '.ep23/store.sqlite')
  before(() => {
    mkdirSync(join(folder, '.ep23'))
    const database = new DatabaseSync(store)
    database.exec(DUMP)
    database.close()
  })
  after(remove)

  const ep23 = (...args: string[]): Promise<Ended> =>
    runEp23(args, {cwd: folder, env: {EP23_LANG: 'en', EP23_QUIET: '1'}})
  const dataOf = ({code, stdout, stderr}: Ended): unknown => {
    expect(code, stderr).to.equal(0)
    return (JSON.parse(stdout) as {data: unknown}).data
  }
  const documents = (): Promise<Record<string, unknown>> =>
    withStore(openStore(store), async opened => {
      const found: Record<string, unknown> = {}
      for (const [name, key] of [
        ['digests', 'digest_id'],
        ['review_reports', 'report_id'],
      ] as const)
        for await (const document of opened.collection<Record<string, unknown>>(name).find())
          found[`${name} ${String(document[key])}`] = document
      return found
    })

  it('is upgraded after a plan that makes nothing, and once only', async () => {
    const detail = async (): Promise<string | undefined> => {
      const {checks} = dataOf(await ep23('doctor', '--json')) as {checks: {name: string; detail: string}[]}
      return checks.find(({name}) => name === 'store')?.detail
    }
    const upgrade = async (...flags: string[]): Promise<{made: boolean; indexes: string[]}> => {
      const data = dataOf(await ep23('store:upgrade', '--json', ...flags)) as {made: boolean; migrations: Migration[]}
      return {made: data.made, indexes: data.migrations.map(({collection}) => collection)}
    }
    const before = await documents()
    const missing = ['ep23_spans', 'ep23_metrics']
    expect(await detail()).to.equal(`${store}, format 1, written by an older ep23: it lacks indexes`)
    expect(await upgrade('--plan')).to.deep.equal({made: false, indexes: missing})
    expect(await upgrade('--plan')).to.deep.equal({made: false, indexes: missing})
    expect(await upgrade()).to.deep.equal({made: true, indexes: missing})
    expect(await upgrade()).to.deep.equal({made: true, indexes: []})
    expect(await detail()).to.equal(`${store}, format 1, nothing to migrate`)
    expect(await documents()).to.deep.equal(before)
  })

  it('is listed, with who wrote what', async () => {
    type Listed = Record<'digest_id' | 'origin' | 'writer', string>
    const {digests} = dataOf(await ep23('dataset:list', '--json')) as {digests: Listed[]}
    const told = digests.map(({digest_id, origin, writer}) => [digest_id, [origin, writer]])
    expect(Object.fromEntries(told)).to.deep.equal(DIGESTS)
  })

  it('is exported, and judged', async () => {
    dataOf(await ep23('exporters:run', 'digests', '--window', 'all', '-o', 'out', '--json'))
    const lines = readFileSync(join(folder, 'out/digests.jsonl'), 'utf8').trim().split('\n')
    const exported = lines.map(line => JSON.parse(line) as {sample_id: string; metadata: {origin: string}})
    expect(Object.fromEntries(exported.map(({sample_id, metadata}) => [sample_id, metadata.origin]))).to.deep.equal(
      Object.fromEntries(Object.entries(DIGESTS).map(([id, [origin]]) => [id, origin])),
    )
    const judging = [
      'benchmark:run',
      '-s',
      'channel_digest_ru',
      '-d',
      'out/digests.jsonl',
      '--allow-undecided',
      '--json',
    ]
    const {samples} = (dataOf(await ep23(...judging)) as {assessment: {samples: object}}).assessment
    expect(samples).to.include({samples: 5, measured: 5})
  })

  it('is written over and put back as it was', async () => {
    const before = await documents()
    const window = ['--days', '2', '--minimum', '2', '--until', '2024-12-02']
    const seeding = ['dataset:seed', '--channels', '@invented', ...window, '--replace', '--json']
    const {totals} = dataOf(await ep23(...seeding)) as {totals: {digests: object}}
    expect(totals.digests).to.include({updated: 2, inserted: 0})
    expect(await documents()).to.not.deep.equal(before)
    const {items} = dataOf(await ep23('dataset:history', '--json')) as {items: {run_id: string}[]}
    dataOf(await ep23('dataset:restore', items[0]?.run_id ?? '', '--json'))
    expect(await documents()).to.deep.equal(before)
  })

  it('gives its runs, spans and metrics', async () => {
    const {traces} = dataOf(await ep23('observability:traces:list', '--json')) as {traces: {name: string}[]}
    expect(traces.map(({name}) => name)).to.include('dataset:import')
    const metrics = await ep23('observability:metrics')
    expect(metrics.stdout).to.include('benchmark_digest_records_total{channel="@comets"} 2')
  })
})
