import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {storeContract} from '@ep23/sdk/testing'
import {expect} from 'chai'

import {openStore} from '#src/store/open-store.js'

import {withStore} from '../helpers/with-store.ts'
import {keepsHardTexts} from './hard-texts.ts'
import {oneWriterWins} from './one-writer-wins.ts'
import {answersAsMemory} from './same-as-memory.ts'

const folder = mkdtempSync(join(tmpdir(), 'ep23-sqlite-'))
let made = 0
const newFile = (): string => join(folder, `store-${(made += 1)}.sqlite`)

after(() => rmSync(folder, {recursive: true, force: true}))

storeContract('the SQLite store', () => openStore(newFile()))

describe('the SQLite store', () => {
  it('keeps every naughty string, wherever it stands', () => withStore(openStore(newFile()), keepsHardTexts))

  it('lets one of several writers win', () => withStore(openStore(newFile()), oneWriterWins))

  it('deletes many in turns with others, and keeps what they have changed meanwhile', () =>
    withStore(openStore(newFile()), async store => {
      const things = store.collection<{id: string; old: boolean}>('things')
      const many = Array.from({length: 5000}, (_, at) => ({id: String(at).padStart(4, '0'), old: at % 2 === 0}))
      await things.upsertMany(many, 'id')
      const deleting = things.deleteMany({old: true})
      // Waits for the lock that each batch gives back.
      const changing = things.upsertMany([{id: '4998', old: false}], 'id')
      const [deleted, {updated}] = await Promise.all([deleting, changing])
      expect({deleted, updated}).to.be.deep.oneOf([
        {deleted: 2499, updated: 1},
        {deleted: 2500, updated: 0},
      ])
      expect((await Array.fromAsync(things.find({old: true}))).length).to.equal(0)
      expect((await Array.fromAsync(things.find())).length).to.equal(2501)
    }))

  for (const special of [false, true])
    it(`answers random filters over random documents ${special ? 'with' : 'without'} arrays as the memory store does`, () =>
      withStore(openStore(newFile()), store => answersAsMemory(store, {runs: 300, special})))
})
