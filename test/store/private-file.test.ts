import {chmodSync, readdirSync, statSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'

import {openStore} from '#src/store/open-store.js'

import {temporaryFolder} from '../helpers/run-ep23.ts'

describe('the file of a store', () => {
  const modes = (folder: string): string[] =>
    readdirSync(folder).map(name => (statSync(join(folder, name)).mode & 0o777).toString(8))

  it('is its owner’s alone, and so is what SQLite puts beside it; one that exists keeps its mode', async function () {
    if (process.platform === 'win32') this.skip()
    const folder = temporaryFolder()
    const path = join(folder.path, 'store.sqlite')
    const store = await openStore(path)
    await store.collection<{id: string}>('things').upsertMany([{id: 'a'}], 'id')
    expect(new Set(modes(folder.path))).to.deep.equal(new Set(['600']))
    await store.dispose()
    chmodSync(path, 0o640)
    const again = await openStore(path)
    await again.collection<{id: string}>('things').upsertMany([{id: 'b'}], 'id')
    expect(new Set(modes(folder.path))).to.deep.equal(new Set(['640']))
    await again.dispose()
    folder.remove()
  })
})
