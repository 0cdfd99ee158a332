import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {storeContract} from '@ep23/sdk/testing'

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

  for (const special of [false, true])
    it(`answers random filters over random documents ${special ? 'with' : 'without'} arrays as the memory store does`, () =>
      withStore(openStore(newFile()), store => answersAsMemory(store, {runs: 300, special})))
})
