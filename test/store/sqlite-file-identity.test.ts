import {chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'

import {openStore} from '#src/store/open-store.js'

import {failure} from '../helpers/failure.ts'
import {runEp23, temporaryFolder} from '../helpers/run-ep23.ts'
import {withStore} from '../helpers/with-store.ts'

const GONE = {code: 'STORE_GONE', exit: 75}

describe('a SQLite store and its file', () => {
  let folder: ReturnType<typeof temporaryFolder>
  let path: string
  beforeEach(() => {
    folder = temporaryFolder()
    path = join(folder.path, 'store.sqlite')
  })
  afterEach(() => folder.remove())

  const removals: Record<string, () => void> = {
    deleted: () => rmSync(path),
    'moved away': () => renameSync(path, `${path}.old`),
    'deleted with its folder': () => rmSync(folder.path, {recursive: true}),
  }
  for (const [title, remove] of Object.entries(removals))
    it(`is an error to write, read and confirm when it was ${title}`, () =>
      withStore(openStore(path), async store => {
        const things = store.collection<{id: string}>('things')
        await things.upsertMany([{id: 'a'}], 'id')
        await store.confirm()
        remove()
        expect(await failure(things.upsertMany([{id: 'b'}], 'id'))).to.include(GONE)
        expect(await failure(Array.fromAsync(things.find()))).to.include(GONE)
        expect(await failure(things.countBy({}, 'id'))).to.include(GONE)
        expect(await failure(store.exchange([{collection: 'things', key: 'id', after: {id: 'c'}}]))).to.include(GONE)
        expect(await failure(store.confirm())).to.include(GONE)
        expect(existsSync(path), 'reading makes none').to.equal(false)
      }))

  it('is an error when another file is in its place', () =>
    withStore(openStore(path), async store => {
      await store.collection<{id: string}>('things').upsertMany([{id: 'a'}], 'id')
      await withStore(openStore(`${path}.new`), other => other.ping())
      renameSync(`${path}.new`, path)
      expect(await failure(store.confirm()))
        .to.include(GONE)
        .and.have.property('message')
        .contain('replaced')
    }))

  it('is an error of a command, before success is claimed', async function () {
    this.timeout(60_000)
    const onStderr = (stderr: string): void => {
      if (stderr.includes('Build daily digests: done') && existsSync(path)) rmSync(path)
    }
    const {code, stdout} = await runEp23(['dataset:seed', '--store', path], {cwd: folder.path, onStderr})
    expect(code).to.equal(75)
    expect(stdout).to.not.include('150 digests')
  })

  for (const command of [
    ['dataset:audit', '--until', '2024-12-03', '--days', '30'],
    ['dataset:history'],
    ['observability:traces', 'list'],
  ])
    it(`is not made by ${command[0]}`, async () => {
      const {code, stderr} = await runEp23([...command, '--store', path], {cwd: folder.path})
      expect(code).to.be.oneOf([0, 65])
      if (code === 65) expect(stderr.replaceAll(/\s+/gu, ' ')).to.include('no store at')
      expect(readdirSync(folder.path)).to.not.include('store.sqlite')
    })

  it('is read from a folder that may not be written, and left as it is', async () => {
    const closed = join(folder.path, 'closed')
    mkdirSync(closed)
    const inside = join(closed, 'store.sqlite')
    await withStore(openStore(inside), store => store.collection<{id: string}>('things').upsertMany([{id: 'a'}], 'id'))
    chmodSync(inside, 0o444)
    chmodSync(closed, 0o555)
    await withStore(openStore(inside, {readOnly: true}), async store => {
      expect(await Array.fromAsync(store.collection('things').find())).to.deep.equal([{id: 'a'}])
      expect(await failure(store.collection<{id: string}>('things').upsertMany([{id: 'b'}], 'id'))).to.include({
        exit: 77,
      })
    })
    chmodSync(closed, 0o755)
    expect(readdirSync(closed)).to.deep.equal(['store.sqlite'])
  })
})
