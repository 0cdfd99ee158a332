import {englishOf, errorAdvice} from '@ep23/sdk'
import {storeContract} from '@ep23/sdk/testing'
import {expect} from 'chai'
import {MongoClient} from 'mongodb'

import {openStore} from '#src/store/open-store.js'

import {failure} from '../helpers/failure.ts'
import {sharedMongo} from '../helpers/mongo-server.ts'
import type {MongoServer} from '../helpers/start-mongo.ts'
import {withStore} from '../helpers/with-store.ts'
import {keepsHardTexts} from './hard-texts.ts'
import {oneWriterWins} from './one-writer-wins.ts'
import {answersAsMemory} from './same-as-memory.ts'

describe('MongoDB', () => {
  let server: MongoServer
  const databases: string[] = []
  const newDatabase = (): string => {
    databases.push(`ep23_test_${process.pid}_${databases.length}`)
    return server.url(databases.at(-1) ?? '')
  }

  before(async function () {
    server = await sharedMongo(this)
  })

  after(async () => {
    if (!server || server.isOurs) return
    const client = new MongoClient(server.url('admin'))
    for (const database of databases) await client.db(database).dropDatabase()
    await client.close()
  })

  storeContract('the MongoDB store', () => openStore(newDatabase()))

  it('refuses a database of a newer ep23 when it is opened, and says what to do', async () => {
    const url = newDatabase()
    await withStore(openStore(url), store =>
      store
        .collection<{store_id: string; format: number}>('ep23_store')
        .upsertMany([{store_id: 'format', format: 2}], 'store_id'),
    )
    const error = await failure(openStore(url))
    expect(error).to.include({code: 'STORE_FOREIGN', exit: 65})
    expect(errorAdvice(error).map(advice => englishOf(advice))).to.include(
      'install the ep23 that wrote it, or a newer one',
    )
  })

  it('keeps every naughty string, wherever it stands', () =>
    withStore(openStore(newDatabase()), keepsHardTexts)).timeout(60_000)

  it('lets one of several writers win', async function () {
    // FerretDB finds and replaces in two steps.
    if (server.isFerretDB) this.skip()
    await withStore(openStore(newDatabase()), oneWriterWins)
  })

  it('answers random filters over random documents as the memory store does', () =>
    withStore(openStore(newDatabase()), store =>
      answersAsMemory(store, {runs: 60, special: !server.isFerretDB}),
    )).timeout(60_000)
})
