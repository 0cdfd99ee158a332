import {spawnSync} from 'node:child_process'
import {chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {DatabaseSync} from 'node:sqlite'

import {expect} from 'chai'

import {openStore} from '#src/store/open-store.js'
import {openDatabase, writeTransaction} from '#src/store/sqlite/connection.js'
import {prepareSchema} from '#src/store/sqlite/schema.js'
import {explainSqliteError} from '#src/store/sqlite/sqlite-errors.js'

import {failure} from '../helpers/failure.ts'
import {withStore} from '../helpers/with-store.ts'
import {programOutput, startProgram} from './programs/run-program.ts'

const OPEN_STORE = import.meta.resolve('./programs/open-store.ts')
const NOBODY = 65_534

describe('the SQLite store on trouble', () => {
  let folder: string
  let path: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ep23-trouble-'))
    path = join(folder, 'store.sqlite')
  })
  afterEach(() => rmSync(folder, {recursive: true, force: true}))

  it('makes its folder for the owner alone', async () => {
    await withStore(openStore(join(folder, 'own/store.sqlite')), store => store.ping())
    expect(statSync(join(folder, 'own')).mode & 0o777).to.equal(0o700)
  })

  it('refuses a folder in place of the file', async () => {
    expect(await failure(openStore(folder)))
      .to.include({code: 'USAGE', exit: 64})
      .and.have.property('message')
      .contain(folder)
  })

  it('refuses a path under a file', async () => {
    writeFileSync(path, 'x')
    expect(await failure(openStore(join(path, 'store.sqlite')))).to.include({code: 'USAGE', exit: 64})
    expect(await failure(openStore(join(path, 'deeper/store.sqlite')))).to.include({code: 'USAGE', exit: 64})
  })

  it('refuses a file that is no database, and leaves it as it is', async () => {
    const text = 'Это не база данных.\n'.repeat(500)
    writeFileSync(path, text)
    expect(await failure(openStore(path))).to.include({code: 'STORE_CORRUPT', exit: 65})
    expect(readFileSync(path, 'utf8')).to.equal(text)
  })

  it('refuses the database of another program, and one of a newer ep23', async () => {
    const database = new DatabaseSync(path)
    database.exec('CREATE TABLE bookmarks (url TEXT)')
    expect(await failure(openStore(path))).to.include({code: 'STORE_FOREIGN', exit: 65})
    database.exec('DROP TABLE bookmarks')
    await withStore(openStore(path), store => store.ping())
    database.exec('PRAGMA user_version = 99')
    expect(await failure(openStore(path))).to.include({code: 'STORE_FOREIGN', exit: 65})
    database.close()
  })

  it('says that a damaged file is damaged', async () => {
    const documents = Array.from({length: 2000}, (_, n) => ({id: `k${n}`, text: 'x'.repeat(500)}))
    await withStore(openStore(path), store => store.collection<{id: string}>('things').upsertMany(documents, 'id'))
    const bytes = readFileSync(path)
    writeFileSync(path, bytes.fill(0xaa, 40_000, bytes.length - 40_000))
    const reading = withStore(openStore(path), async store => {
      for await (const _ of store.collection('things').find({text: 'y'})) continue
    })
    expect(await failure(reading)).to.include({code: 'STORE_CORRUPT', exit: 65})
  })

  describe('without permission', () => {
    // To root everything is permitted; a child as another user sees the folder as users do.
    const user = process.getuid?.() === 0 ? {uid: NOBODY, gid: NOBODY} : {}
    const tryToOpen = async (location: string, ...how: string[]) =>
      programOutput(startProgram(OPEN_STORE, [location, ...how], user))

    before(async function () {
      const own = mkdtempSync(join(tmpdir(), 'ep23-permitted-'))
      chmodSync(own, 0o777)
      const result = await tryToOpen(join(own, 'store.sqlite')).catch(() => undefined)
      rmSync(own, {recursive: true, force: true})
      if (result === undefined) this.skip()
      expect(result).to.deep.equal({code: 'OPENED'})
    })

    it('says that a folder may not be written', async () => {
      mkdirSync(join(folder, 'closed'))
      chmodSync(join(folder, 'closed'), 0o555)
      chmodSync(folder, 0o755)
      for (const name of ['closed/store.sqlite', 'closed/deeper/store.sqlite'])
        expect(await tryToOpen(join(folder, name))).to.include({code: 'NOT_WRITABLE', exit: 77})
    })

    it('reads a store that may not be written, also in a folder that may not', async () => {
      const own = join(folder, 'own')
      const inside = join(own, 'store.sqlite')
      await withStore(openStore(inside), store =>
        store.collection<{id: string}>('things').upsertMany([{id: 'a'}], 'id'),
      )
      chmodSync(folder, 0o755)
      for (const mode of [0o755, 0o555]) {
        chmodSync(inside, 0o444)
        chmodSync(own, mode)
        expect(await tryToOpen(inside, 'read')).to.deep.equal({code: 'OPENED'})
      }
    })

    it('says that a file may not be written', async () => {
      await withStore(openStore(path), store => store.ping())
      chmodSync(folder, 0o755)
      chmodSync(path, 0o444)
      expect(await tryToOpen(path)).to.include({code: 'NOT_WRITABLE', exit: 77})
    })
  })

  it('rolls a batch back when the file may not grow', async () => {
    const database = openDatabase(path)
    await prepareSchema(database, path, {timeoutMs: 100})
    database.exec('CREATE TABLE t (doc TEXT); PRAGMA max_page_count = 20')
    const insert = database.prepare('INSERT INTO t VALUES (?)')
    const fill = writeTransaction(database, {timeoutMs: 100}, () => {
      for (;;) insert.run('x'.repeat(5000))
    })
    expect(explainSqliteError(path, await failure(fill))).to.include({code: 'DISK_FULL', exit: 75})
    expect(database.prepare('SELECT count(*) AS count FROM t').get()?.['count']).to.equal(0)
    database.exec('PRAGMA max_page_count = 1000')
    await writeTransaction(database, {timeoutMs: 100}, () => insert.run('fits'))
    database.close()
  })

  const onSmallDisk = (work: (disk: string) => Promise<void>): Mocha.AsyncFunc =>
    async function () {
      const disk = join(folder, 'disk')
      mkdirSync(disk)
      const mount = spawnSync('/bin/mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', disk])
      if (mount.status !== 0) this.skip()
      try {
        await work(disk)
      } finally {
        spawnSync('/bin/umount', [disk])
      }
    }

  it('keeps what was written before the disk was full, and goes on when there is room', onSmallDisk(fillDisk))
  it('says to whoever opens a store on a full disk that it is full', onSmallDisk(openOnFullDisk))
})

async function openOnFullDisk(disk: string): Promise<void> {
  const path = join(disk, 'store.sqlite')
  await withStore(openStore(path), store => store.collection<{id: string}>('things').upsertMany([{id: 'a'}], 'id'))
  const fill = () => writeFileSync(join(disk, 'ballast'), Buffer.alloc(8 * 1024 * 1024))
  expect(fill).to.throw('ENOSPC')
  for (const readOnly of [true, false])
    expect(await failure(openStore(path, {readOnly}))).to.include({code: 'DISK_FULL', exit: 75})
}

async function fillDisk(disk: string): Promise<void> {
  const ballast = join(disk, 'ballast')
  writeFileSync(ballast, Buffer.alloc(4 * 1024 * 1024))
  const path = join(disk, 'store.sqlite')
  const documents = Array.from({length: 8000}, (_, n) => ({
    id: `k${String(n).padStart(5, '0')}`,
    text: 'x'.repeat(400),
  }))
  const upsert = () =>
    withStore(openStore(path), store => store.collection<{id: string}>('things').upsertMany(documents, 'id'))
  expect(await failure(upsert())).to.include({code: 'DISK_FULL', exit: 75})
  rmSync(ballast)
  const counts = await upsert()
  expect(counts.inserted + counts.unchanged).to.equal(8000)
  expect(counts.unchanged % 2000).to.equal(0)
}
