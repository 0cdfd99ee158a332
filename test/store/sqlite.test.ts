import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {storeContract} from '@ep23/sdk/testing'

import {openStore} from '#src/store/open-store.js'

const folder = mkdtempSync(join(tmpdir(), 'ep23-sqlite-'))
let made = 0

after(() => rmSync(folder, {recursive: true, force: true}))

storeContract('the SQLite store', () => openStore(join(folder, `store-${(made += 1)}.sqlite`)))
