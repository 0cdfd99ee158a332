import {expect} from 'chai'

import {openStore} from '#src/store/open-store.js'

import {changingPrimary, type PrimaryChange} from '../helpers/changing-primary.ts'
import {failure} from '../helpers/failure.ts'
import {sharedMongo} from '../helpers/mongo-server.ts'
import type {MongoServer} from '../helpers/start-mongo.ts'
import {withStore} from '../helpers/with-store.ts'

const NOT_WRITABLE_PRIMARY = 10_107
const STEPPED_DOWN = 189
const INTERRUPTED = 11_602

interface Thing {
  id: string
  n: number
  version: number
}

const things = (version: number, count = 30): Thing[] =>
  Array.from({length: count}, (_, n) => ({id: `thing-${n}`, n, version}))

describe('a replica set whose primary changes in mid-run', () => {
  let server: MongoServer
  let databases = 0

  before(async function () {
    server = await sharedMongo(this)
  })

  /** The work with a store behind such a set, and what is stored in the end. */
  async function during<R>(
    change: PrimaryChange,
    work: (url: string) => Promise<R>,
    before = things(1),
  ): Promise<{result: R; refused: number; stored: unknown[]}> {
    const name = `ep23_primary_${process.pid}_${++databases}`
    await withStore(openStore(server.url(name)), store => store.collection<Thing>('things').upsertMany(before, 'id'))
    const set = await changingPrimary(Number(new URL(server.url('x')).port), change)
    try {
      const result = await work(set.url(name))
      const stored = await withStore(openStore(server.url(name)), store =>
        Array.fromAsync(store.collection('things').find({}, {sort: {n: 1}})),
      )
      return {result, refused: set.refused(), stored}
    } finally {
      await set.stop()
    }
  }

  const rewrite = (url: string): Promise<number> =>
    withStore(openStore(url), async store => {
      let updated = 0
      for (const from of [0, 10, 20])
        updated += (await store.collection<Thing>('things').upsertMany(things(2).slice(from, from + 10), 'id')).updated
      return updated
    })

  for (const [what, change] of [
    ['before a write', {command: 'update', code: NOT_WRITABLE_PRIMARY}],
    ['after a write, before its answer', {command: 'update', number: 2, code: INTERRUPTED, isApplied: true}],
    ['before a read', {command: 'find', number: 3, code: STEPPED_DOWN}],
    ['before a write, with nobody to take over for a second', {command: 'update', code: STEPPED_DOWN, without: 1000}],
  ] as const)
    it(`goes on ${what}`, async () => {
      const {result, refused, stored} = await during(change, rewrite)
      expect(refused).to.be.at.least(1)
      expect(result).to.equal(30)
      expect(stored).to.deep.equal(things(2))
    })

  it('ends with a clear error where nobody takes over, with what was confirmed', async () => {
    const change = {command: 'update', number: 2, code: STEPPED_DOWN, without: 60_000} as const
    const {result, stored} = await during(change, url => failure(rewrite(`${url}?serverSelectionTimeoutMS=700`)))
    expect(result).to.include({code: 'STORE_UNAVAILABLE', exit: 69})
    expect(stored).to.deep.equal([...things(2).slice(0, 10), ...things(1).slice(10)])
  })

  it('ends with a clear error in the midst of a large answer', async () => {
    const read = (url: string) => withStore(openStore(url), store => Array.fromAsync(store.collection('things').find()))
    const {result, refused} = await during(
      {command: 'getMore', code: INTERRUPTED},
      url => failure(read(url)),
      things(1, 1100),
    )
    expect(refused).to.equal(1)
    expect(result).to.include({code: 'STORE_UNAVAILABLE', exit: 69})
  })
})
