import type {Store} from '@ep23/sdk'
import {memoryStore, storeContract} from '@ep23/sdk/testing'
import {expect} from 'chai'

import {lazyStore} from '#src/store/lazy-store.js'

import {failure} from '../helpers/failure.ts'

storeContract('the lazy store', async () => lazyStore('some/file', undefined, async () => memoryStore()))

describe('lazyStore', () => {
  let opened: number
  const open = async (): Promise<Store> => {
    opened += 1
    return memoryStore()
  }

  beforeEach(() => {
    opened = 0
  })

  it('opens nothing until it is used', async () => {
    const store = lazyStore('mongodb://editor:geheim@host/news', undefined, open)
    expect(store.location).to.equal('mongodb://host/news')
    const things = store.collection<{id: string}>('things')
    things.find()
    await store.dispose()
    expect(opened).to.equal(0)
    expect(await failure(store.ping())).to.include({code: 'STORE_CLOSED'})
  })

  it('opens once for uses at the same time', async () => {
    const store = lazyStore('some/file', undefined, open)
    await Promise.all([store.ping(), store.collection('things').deleteMany({}), store.ping()])
    expect(opened).to.equal(1)
  })

  it('tries again after it could not be opened', async () => {
    let reachable = false
    const store = lazyStore('some/file', undefined, async () => {
      if (!reachable) throw new Error('down')
      return open()
    })
    expect(await failure(store.ping())).to.have.property('message', 'down')
    reachable = true
    await store.ping()
    expect(opened).to.equal(1)
  })

  it('closes what is still being opened', async () => {
    const inner = memoryStore()
    const store = lazyStore('some/file', undefined, async () => inner)
    const ping = store.ping()
    await store.dispose()
    await ping
    expect(await failure(inner.ping())).to.include({code: 'STORE_CLOSED'})
  })

  it('reads no more once it is interrupted, but for whoever has to', async () => {
    const whole = lazyStore('some/file', undefined, open)
    const interruption = new AbortController()
    const things = whole.until(interruption.signal).collection<{id: string}>('things')
    await things.upsertMany([{id: 'a'}, {id: 'b'}], 'id')
    const read: string[] = []
    const reading = async (): Promise<void> => {
      for await (const {id} of things.find()) {
        read.push(id)
        interruption.abort(new Error('interrupted'))
      }
    }
    expect(await failure(reading())).to.have.property('message', 'interrupted')
    expect(read).to.have.length(1)
    expect(await failure(things.countBy({}, 'id'))).to.have.property('message', 'interrupted')
    expect(await Array.fromAsync(whole.collection('things').find())).to.have.length(2)
  })

  it('passes the signal on', async () => {
    const {signal} = new AbortController()
    let passed: unknown
    const store = lazyStore('some/file', {signal}, async (_, options) => {
      passed = options?.signal
      return memoryStore()
    })
    await store.ping()
    expect(passed).to.equal(signal)
  })
})
