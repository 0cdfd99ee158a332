import {readFileSync} from 'node:fs'
import {join} from 'node:path'

import type {Store} from '@ep23/sdk'
import {expect} from 'chai'

import {openStore} from '#src/store/open-store.js'

import {sharedMongo} from '../helpers/mongo-server.ts'
import {runEp23, temporaryFolder} from '../helpers/run-ep23.ts'
import {withStore} from '../helpers/with-store.ts'
import {fillWithNaughty} from './naughty-digests.ts'

const RECORDS = Number(process.env['EP23_TEST_RECORDS'] ?? 2060)

describe(`${RECORDS} digests that hold every naughty string`, function () {
  // FerretDB, which may stand in for MongoDB, takes its time over large collections.
  this.timeout(Math.max(600_000, RECORDS * 60))
  let folder: ReturnType<typeof temporaryFolder>
  before(() => (folder = temporaryFolder()))
  after(() => folder.remove())

  const exports = new Map<string, string>()

  // Verification imports the file into a scratch store and compares it, value by value, with this one.
  async function expectSurvival(location: string, name: string): Promise<void> {
    await withStore(openStore(location), store => fillWithNaughty(store, RECORDS))
    const args = [
      'exporters:verify',
      '--exporter',
      'digests',
      '--window',
      'all',
      '--store',
      location,
      '--dataset-dir',
      name,
      '--json',
    ]
    const {code, stdout, stderr} = await runEp23(args, {cwd: folder.path})
    expect(code, stderr + stdout).to.equal(0)
    const {exporters, archive} = JSON.parse(stdout).data
    expect(exporters[0]).to.include({records: RECORDS, records_valid: RECORDS})
    const text = readFileSync(join(archive.folder, 'digests.jsonl'), 'utf8')
    exports.set(name, text)
    // The archived file goes back into a store of the same kind, too.
    await withStore(openStore(location), store => importAndCompare(store, text))
  }

  it('survive store, JSON lines and store in SQLite', () =>
    expectSurvival(join(folder.path, 'naughty.sqlite'), 'sqlite'))

  it('survive store, JSON lines and store in MongoDB, and are the same bytes as from SQLite', async function () {
    const mongo = await sharedMongo(this)
    await expectSurvival(mongo.url(`naughty_${process.pid}`), 'mongo')
    expect(exports.get('mongo') === exports.get('sqlite')).to.equal(true)
  })
})

async function importAndCompare(store: Store, text: string): Promise<void> {
  const records = text
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as {sample_id: string})
  const collection = store.collection<{sample_id: string}>('naughty_import')
  await collection.upsertMany(records, 'sample_id')
  const byId = new Map(records.map(record => [record.sample_id, record]))
  let found = 0
  for await (const record of collection.find()) {
    expect(record).to.deep.equal(byId.get(record.sample_id))
    found += 1
  }
  expect(found).to.equal(RECORDS)
}
