import {readFileSync} from 'node:fs'
import {join} from 'node:path'

import type {Store} from '@ep23/sdk'
import {expect} from 'chai'

import {openStore} from '#src/store/open-store.js'

import {sharedMongo} from '../helpers/mongo-server.ts'
import {runEp23, temporaryFolder} from '../helpers/run-ep23.ts'
import {withStore} from '../helpers/with-store.ts'
import {fillWithNaughty, type Numbers} from './naughty-digests.ts'

const RECORDS = Number(process.env['EP23_TEST_RECORDS'] ?? 2060)
/** FerretDB looks through the whole collection for every upsert: large runs are cut into databases of this size. */
const FERRETDB_RECORDS = 5000

describe(`${RECORDS} digests that hold every naughty string`, function () {
  this.timeout(600_000)
  let folder: ReturnType<typeof temporaryFolder>
  before(() => (folder = temporaryFolder()))
  after(() => folder.remove())
  let fromSqlite = ''

  // Verification imports the file into a scratch store and compares it, value by value, with this one.
  async function exportOf(location: string, numbers: Numbers): Promise<string> {
    await withStore(openStore(location), store => fillWithNaughty(store, numbers))
    const args = ['exporters:verify', '--exporter', 'digests', '--window', 'all', '--store', location, '--json']
    const {code, stdout, stderr} = await runEp23(args, {cwd: folder.path})
    expect(code, stderr + stdout).to.equal(0)
    const {exporters, archive} = JSON.parse(stdout).data
    const count = numbers.to - numbers.from
    expect(exporters[0]).to.include({records: count, records_valid: count})
    const text = readFileSync(join(archive.folder, 'digests.jsonl'), 'utf8')
    // The archived file goes back into a store of the same kind, too.
    await withStore(openStore(location), store => importAndCompare(store, text))
    return text
  }

  it('survive store, JSON lines and store in SQLite', async () => {
    fromSqlite = await exportOf(join(folder.path, 'naughty.sqlite'), {from: 0, to: RECORDS})
  })

  it('survive store, JSON lines and store in MongoDB, and are the same bytes as from SQLite', async function () {
    const mongo = await sharedMongo(this)
    this.timeout(Math.max(120_000, RECORDS * 100))
    const step = mongo.isFerretDB ? FERRETDB_RECORDS : RECORDS
    let fromMongo = ''
    for (let from = 0; from < RECORDS; from += step)
      fromMongo += await exportOf(mongo.url(`naughty_${process.pid}_${from}`), {
        from,
        to: Math.min(from + step, RECORDS),
      })
    expect(fromMongo === fromSqlite).to.equal(true)
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
  expect(found).to.equal(records.length)
}
