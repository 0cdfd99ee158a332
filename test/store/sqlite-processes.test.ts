import {once} from 'node:events'
import {existsSync, mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {DatabaseSync} from 'node:sqlite'
import {setTimeout as delay} from 'node:timers/promises'

import type {UpsertCounts} from '@ep23/sdk'
import {expect} from 'chai'

import {openSqliteStore} from '#src/store/sqlite.js'
import {openStore} from '#src/store/open-store.js'

import {withStore} from '../helpers/with-store.ts'
import {programOutput, startProgram} from './programs/run-program.ts'

const UPSERT_THINGS = import.meta.resolve('./programs/upsert-things.ts')
const BATCH = 2000

describe('the SQLite store among processes', function () {
  this.timeout(120_000)
  let folder: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ep23-processes-'))
  })
  afterEach(() => rmSync(folder, {recursive: true, force: true}))

  it('adds up exactly when eight processes make it and write to it at once', async () => {
    const path = join(folder, 'new/folder/store.sqlite')
    const children = Array.from({length: 8}, (_, i) =>
      startProgram(UPSERT_THINGS, [path, '0', '3000', ...[10_000 + i * 1000, 11_000 + i * 1000].map(String)]),
    )
    const counts = (await Promise.all(children.map(programOutput))) as UpsertCounts[]
    const sum = (name: keyof UpsertCounts): number => counts.reduce((total, count) => total + count[name], 0)
    expect({inserted: sum('inserted'), updated: sum('updated'), unchanged: sum('unchanged')}).to.deep.equal({
      inserted: 3000 + 8 * 1000,
      updated: 0,
      unchanged: 7 * 3000,
    })
    expect(countDocuments(path)).to.equal(11_000)
  })

  it('holds whole batches when a process is killed while it writes', async () => {
    const path = join(folder, 'store.sqlite')
    let before = 0
    for (let round = 0; round < 6; round += 1) {
      const child = startProgram(UPSERT_THINGS, [path, String(before), '100000000'])
      while (countDocuments(path) === before) await delay(5)
      await delay(Math.random() * 50)
      child.kill('SIGKILL')
      await once(child, 'exit')
      const after = countDocuments(path)
      expect(after % BATCH).to.equal(0)
      expect(after).to.be.greaterThan(before)
      expect(integrity(path)).to.equal('ok')
      before = after
    }
    const rest = (await programOutput(startProgram(UPSERT_THINGS, [path, '0', String(before + 1)]))) as UpsertCounts
    expect(rest).to.deep.equal({inserted: 1, updated: 0, unchanged: before})
  })

  it('waits for a lock, and says so when it is not released in time', async () => {
    const path = join(folder, 'store.sqlite')
    await withStore(openSqliteStore(path, {lockTimeoutMs: 300}), async store => {
      const things = store.collection<{id: string}>('things')
      await things.upsertMany([{id: 'first'}], 'id')
      const other = new DatabaseSync(path)
      other.exec('BEGIN IMMEDIATE')
      const refused: unknown = await things.upsertMany([{id: 'second'}], 'id').catch((error: unknown) => error)
      expect(refused).to.include({code: 'STORE_LOCKED', exit: 75})
      const waiting = things.upsertMany([{id: 'third'}], 'id')
      other.exec('ROLLBACK')
      other.close()
      expect(await waiting).to.deep.equal({inserted: 1, updated: 0, unchanged: 0})
    })
  })

  it('reads one moment while others write, and does not keep them waiting', async () => {
    const path = join(folder, 'store.sqlite')
    await withStore(openStore(path), reader =>
      withStore(openSqliteStore(path, {lockTimeoutMs: 0}), async writer => {
        const documents = Array.from({length: 1000}, (_, n) => ({id: `k${n}`}))
        await writer.collection<{id: string}>('things').upsertMany(documents, 'id')
        let read = 0
        for await (const _ of reader.collection('things').find()) {
          read += 1
          if (read === 10) await writer.collection<{id: string}>('things').upsertMany([{id: 'later'}], 'id')
          if (read === 20) await writer.collection('things').deleteMany({id: {$lt: 'k5'}})
        }
        expect(read).to.equal(1000)
      }),
    )
  })

  it('is one file again when the last process has closed it', async () => {
    const path = join(folder, 'store.sqlite')
    await withStore(openStore(path), store => store.collection<{id: string}>('things').upsertMany([{id: 'one'}], 'id'))
    expect(existsSync(`${path}-wal`)).to.equal(false)
  })

  it('writes nothing when all documents are unchanged', async () => {
    const path = join(folder, 'store.sqlite')
    await withStore(openStore(path), async store => {
      const things = store.collection<{id: string}>('things')
      await things.upsertMany([{id: 'one'}, {id: 'two'}], 'id')
      const observer = new DatabaseSync(path)
      const dataVersion = () => observer.prepare('PRAGMA data_version').get()?.['data_version']
      const before = dataVersion()
      await things.upsertMany([{id: 'one'}, {id: 'two'}], 'id')
      expect(dataVersion()).to.equal(before)
      await things.upsertMany([{id: 'three'}], 'id')
      expect(dataVersion()).not.to.equal(before)
      observer.close()
    })
  })
})

function countDocuments(path: string): number {
  return query(path, `SELECT count(*) AS answer FROM things`) as number
}

function integrity(path: string): unknown {
  return query(path, `SELECT integrity_check AS answer FROM pragma_integrity_check`)
}

function query(path: string, sql: string): unknown {
  if (!existsSync(path)) return 0
  const database = new DatabaseSync(path)
  try {
    database.exec('PRAGMA busy_timeout = 5000')
    return database.prepare(sql).get()?.['answer']
  } catch (error) {
    if (String(error).includes('no such table')) return 0
    throw error
  } finally {
    database.close()
  }
}
