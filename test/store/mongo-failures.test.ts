import {once} from 'node:events'
import {mkdtempSync, rmSync} from 'node:fs'
import {type AddressInfo, connect, createServer, type Server} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setImmediate} from 'node:timers/promises'
import {inspect} from 'node:util'

import {expect} from 'chai'
import {Long, MongoClient, MongoServerError, ObjectId} from 'mongodb'

import {explainMongoError} from '#src/store/mongo/mongo-errors.js'
import {openStore} from '#src/store/open-store.js'

import {failure} from '../helpers/failure.ts'
import {ownMongo, sharedMongo} from '../helpers/mongo-server.ts'
import type {MongoServer} from '../helpers/start-mongo.ts'
import {withStore} from '../helpers/with-store.ts'

const NOWHERE = 'mongodb://editor:geheim%40pass@127.0.0.1:1/news?serverSelectionTimeoutMS=300'

describe('the MongoDB store on trouble', () => {
  it('says what cannot be reached, and tells no password', async () => {
    const error = await failure(openStore(NOWHERE))
    expect(error).to.include({code: 'STORE_UNAVAILABLE', exit: 69})
    expect((error as Error).message).to.contain('mongodb://127.0.0.1:1/news')
    expect(inspect(error, {depth: 12, showHidden: true})).not.to.match(/geheim|editor/u)
  })

  it('stops waiting for a server when it is asked to', async () => {
    const interruption = new AbortController()
    const opening = openStore('mongodb://127.0.0.1:1/news', {signal: interruption.signal})
    interruption.abort()
    expect(await failure(opening)).to.include({code: 'INTERRUPTED', exit: 130})
  })

  for (const [code, expected] of [
    [18, {code: 'STORE_NOT_PERMITTED', exit: 77}],
    [13, {code: 'STORE_NOT_PERMITTED', exit: 77}],
    [10_107, {code: 'STORE_UNAVAILABLE', exit: 69}],
    [64, {code: 'STORE_UNAVAILABLE', exit: 69}],
    [43, {code: 'STORE_CURSOR_LOST', exit: 75}],
    [14_031, {code: 'DISK_FULL', exit: 75}],
    [11_000, {code: 'STORE_DUPLICATE', exit: 65}],
    [10_334, {code: 'STORE_VALUE_REFUSED', exit: 65}],
    [999, {code: 'STORE_UNAVAILABLE', exit: 69}],
  ] as const)
    it(`explains the server's error ${code} as ${expected.code}`, () => {
      const cause = new MongoServerError({message: 'the reason', code})
      const error = explainMongoError('mongodb://host/news', cause)
      expect(error).to.include(expected)
      expect((error as Error).message).to.contain('mongodb://host/news')
      expect((error as Error).cause).to.equal(cause)
    })

  it('passes other errors on', () => {
    const mistake = new TypeError('x is not a function')
    expect(explainMongoError('mongodb://host/news', mistake)).to.equal(mistake)
  })
})

describe('MongoDB that goes away', () => {
  let server: MongoServer
  let dataDir: string
  let port: number

  before(async function () {
    dataDir = mkdtempSync(join(tmpdir(), 'ep23-mongo-away-'))
    server = await ownMongo(this, {dataDir})
    port = Number(new URL(server.url('admin')).port)
  })
  after(async () => {
    await server?.stop()
    rmSync(dataDir, {recursive: true, force: true})
  })

  it('ends a run with a clear error, and the next run completes it', async function () {
    this.timeout(120_000)
    const error = await failure(
      withStore(openStore(server.url('away')), store =>
        store.collection<{id: string}>('things').upsertMany(numberedUntilKilled(server), 'id'),
      ),
    )
    expect(error).to.include({code: 'STORE_UNAVAILABLE', exit: 69})
    server = await ownMongo(this, {dataDir, port})
    const counts = await withStore(openStore(server.url('away')), store =>
      store.collection<{id: string}>('things').upsertMany(numbered(0, 3000), 'id'),
    )
    expect(counts).to.deep.equal({inserted: 2000, updated: 0, unchanged: 1000})
  })
})

describe('MongoDB whose connections end between two commands', () => {
  let relay: Server
  let url: string

  before(async function () {
    const server = await sharedMongo(this)
    relay = endsAfterAnswerAbout('last', Number(new URL(server.url('')).port)).listen(0, '127.0.0.1')
    await once(relay, 'listening')
    url = server.url(`ep23_ends_${process.pid}`).replace(/:\d+/u, `:${(relay.address() as AddressInfo).port}`)
  })
  after(() => relay?.close())

  // The driver's own connection waits for ever at the second or third turn.
  it('answers the next command on another, however soon it comes', () =>
    withStore(openStore(url), async store => {
      await store.collection<{id: string}>('things').upsertMany(numbered(0, 3), 'id')
      for (let turns = 0; turns < 12; turns += 1) {
        await Array.fromAsync(store.collection('last').find())
        for (let turn = 0; turn < turns; turn += 1) await setImmediate()
        expect(await Array.fromAsync(store.collection('things').find()), `after ${turns} turns`).to.have.length(3)
      }
    })).timeout(20_000)
})

describe('a MongoDB that the team uses too', () => {
  let client: MongoClient
  let url: string

  before(async function () {
    const server = await sharedMongo(this)
    url = server.url(`ep23_team_${process.pid}`)
    client = await MongoClient.connect(url)
  })
  beforeEach(() => client.db().dropDatabase())
  after(async () => {
    await client?.db().dropDatabase()
    await client?.close()
  })

  it('keeps the _id of documents that were there, and never gives it', async () => {
    const _id = new ObjectId()
    await client.db().collection('digests').insertOne({_id, digest_id: 'a', n: 1})
    await withStore(openStore(url), async store => {
      const digests = store.collection<{digest_id: string; n: number}>('digests')
      const counts = await digests.upsertMany([{digest_id: 'a', n: 2}], 'digest_id')
      expect(counts).to.deep.equal({inserted: 0, updated: 1, unchanged: 0})
      for await (const digest of digests.find()) expect(digest).to.deep.equal({digest_id: 'a', n: 2})
    })
    expect(await client.db().collection('digests').findOne({digest_id: 'a'})).to.deep.equal({_id, digest_id: 'a', n: 2})
  })

  it('reads what no change of primary undoes, unless the address says otherwise', async () => {
    const levelFor = async (options: string): Promise<string | undefined> => {
      let sent = ''
      const relay = createServer(socket => {
        const upstream = connect(Number(new URL(url).port), '127.0.0.1')
        for (const each of [socket, upstream]) each.on('error', () => each.destroy())
        socket.on('data', chunk => (sent += chunk.toString('latin1')))
        socket.pipe(upstream).pipe(socket)
      }).listen(0, '127.0.0.1')
      await once(relay, 'listening')
      const {port} = relay.address() as AddressInfo
      await withStore(openStore(`mongodb://127.0.0.1:${port}/levels${options}`), store =>
        Array.fromAsync(store.collection('digests').find()),
      )
      relay.close()
      // BSON: a document named readConcern that begins with a text named level.
      return /readConcern.{5,6}level.{5}(\w+)/su.exec(sent)?.[1]
    }
    expect(await levelFor('')).to.equal('majority')
    expect(await levelFor('?readConcernLevel=local')).to.equal('local')
  })

  it('stores dates as dates, and does not touch the documents it is given', async () => {
    const document = {digest_id: 'a', created_at: new Date('2024-11-03T09:30:00.123Z')}
    await withStore(openStore(url), store =>
      store.collection<typeof document>('digests').upsertMany([document], 'digest_id'),
    )
    expect(document).to.have.all.keys('digest_id', 'created_at')
    const stored = await client
      .db()
      .collection('digests')
      .findOne({created_at: {$type: 'date'}})
    expect(stored?.['created_at']).to.deep.equal(document.created_at)
  })

  it('gives types that the port does not know as text', async () => {
    const ref = new ObjectId()
    await client
      .db()
      .collection('digests')
      .insertOne({digest_id: 'a', refs: [ref], in: {big: Long.MAX_VALUE}})
    await withStore(openStore(url), async store => {
      for await (const digest of store.collection('digests').find())
        expect(digest).to.deep.equal({
          digest_id: 'a',
          refs: [ref.toHexString()],
          in: {big: '9223372036854775807'},
        })
    })
  })

  it("uses the team's own unique index on the key", async () => {
    await client.db().collection('digests').createIndex({digest_id: 1}, {unique: true, name: 'team_digest_id'})
    await withStore(openStore(url), store =>
      store.collection<{digest_id: string}>('digests').upsertMany([{digest_id: 'a'}], 'digest_id'),
    )
    const names = (await client.db().collection('digests').listIndexes().toArray()).map(({name}) => name as string)
    expect(names).to.have.members(['_id_', 'team_digest_id'])
  })

  it('remembers the key field of a collection from one run to the next', async () => {
    await writeDigest(url, 'digest_id')
    expect(await failure(writeDigest(url, 'channel'))).to.include({code: 'STORE_KEY_CONFLICT'})
  })

  for (const [what, others] of [
    ['without the key', [{n: 1}, {n: 2}, {digest_id: null}]],
    ['with equal keys', [{digest_id: 'a'}, {digest_id: 'a'}]],
  ] as const)
    it(`writes beside documents ${what}, and stays out of the way of those who write them`, async () => {
      const digests = client.db().collection<Record<string, unknown>>('digests')
      await digests.insertMany(others.map(other => ({...other})))
      const before = await digests.find().toArray()
      const write = (n: number) =>
        withStore(openStore(url), store =>
          store.collection<{digest_id: string; n: number}>('digests').upsertMany([{digest_id: 'b', n}], 'digest_id'),
        )
      expect(await write(1)).to.deep.equal({inserted: 1, updated: 0, unchanged: 0})
      expect(await write(1)).to.deep.equal({inserted: 0, updated: 0, unchanged: 1})
      expect(await write(2)).to.deep.equal({inserted: 0, updated: 1, unchanged: 0})
      await digests.insertMany(others.map(other => ({...other})))
      expect(await digests.find({_id: {$in: before.map(({_id}) => _id)}}).toArray()).to.deep.equal(before)
      expect(await digests.countDocuments()).to.equal(2 * others.length + 1)
    })

  it('adds up exactly when several write the same documents at once', async function () {
    this.timeout(120_000)
    const counts = await Promise.all(
      Array.from({length: 4}, () =>
        withStore(openStore(url), store => store.collection<{id: string}>('things').upsertMany(numbered(0, 600), 'id')),
      ),
    )
    const inserted = counts.reduce((sum, count) => sum + count.inserted, 0)
    const unchanged = counts.reduce((sum, count) => sum + count.unchanged, 0)
    expect({inserted, unchanged}).to.deep.equal({inserted: 600, unchanged: 1800})
  })
})

/** Passes all on to a server; a connection ends with the answer to a command that names this collection. */
function endsAfterAnswerAbout(collection: string, port: number): Server {
  return createServer(client => {
    const upstream = connect(port, '127.0.0.1')
    for (const socket of [client, upstream]) socket.on('error', () => socket.destroy())
    let isLast = false
    client.on('data', chunk => {
      isLast = chunk.includes(`${collection}\0`)
      upstream.write(chunk)
    })
    upstream.on('data', chunk => (isLast ? client.end(chunk) : client.write(chunk)))
    client.on('close', () => upstream.destroy())
    upstream.on('close', () => client.destroy())
  })
}

async function writeDigest(url: string, key: 'digest_id' | 'channel'): Promise<unknown> {
  const digest = {digest_id: 'a', channel: 'b'}
  return withStore(openStore(url), store => store.collection<typeof digest>('digests').upsertMany([digest], key))
}

async function* numberedUntilKilled(server: MongoServer): AsyncGenerator<{id: string}> {
  yield* numbered(0, 1500)
  await server.kill()
  yield* numbered(1500, 3000)
}

function* numbered(from: number, to: number): Generator<{id: string; n: number}> {
  for (let n = from; n < to; n += 1) yield {id: `thing-${n}`, n}
}
