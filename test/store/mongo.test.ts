import {storeContract} from '@ep23/sdk/testing'
import {MongoClient} from 'mongodb'

import {openStore} from '#src/store/open-store.js'

import {type MongoServer, sharedMongo} from '../helpers/mongo-server.ts'

describe('MongoDB', () => {
  let server: MongoServer
  const databases: string[] = []

  before(async function () {
    server = await sharedMongo(this)
  })

  after(async () => {
    if (server?.kind !== 'given') return
    const client = new MongoClient(server.url('admin'))
    for (const database of databases) await client.db(database).dropDatabase()
    await client.close()
  })

  storeContract('the MongoDB store', () => {
    const database = `ep23_test_${process.pid}_${databases.length}`
    databases.push(database)
    return openStore(server.url(database))
  })
})
