import type {Filter, FindOptions, Store} from '@ep23/sdk'
import {memoryStore} from '@ep23/sdk/testing'
import {expect} from 'chai'

import {digestKind} from '#src/domain/document-kind.js'
import {storedDocuments, storedReader} from '#src/usecases/stored-documents.js'
import {sampleDigest} from '../sample/documents.ts'

const at = (day: number): Date => new Date(Date.UTC(2024, 10, day))

/** A digest that ep23 keeps. */
function own(channel: string, day: number): {digest_id: string} {
  return {...sampleDigest(), channel, digest_id: `${channel}:2024-11-${day}`, created_at: at(day)} as never
}

/** One of the team's, without an id of ours. */
function ofTeam(channel: string, created_at: Date | string, id: string): {digest_id: string} {
  return {digest_id: id, channel, created_at, summary: '# День\n\n- Открыт мост.', items: [{text: 'Мост.'}]} as never
}

/** Counts the queries that look for documents. */
function counting(store: Store): {store: Store; finds: () => number} {
  let finds = 0
  const collection: Store['collection'] = name => {
    const inner = store.collection(name)
    const find = (filter?: Filter, options?: FindOptions) => ((finds += 1), inner.find(filter, options))
    return Object.create(inner, {find: {value: find}}) as never
  }
  return {store: {...store, collection}, finds: () => finds}
}

describe('stored documents', () => {
  const idsIn = async (store: Store): Promise<string[]> =>
    Array.fromAsync(storedDocuments(store, digestKind), ({document}) => document.digest_id)

  it('come channel by channel and moment by moment, however many channels one query asks for', async () => {
    const memory = memoryStore()
    // Neighbours share moments, so that only the channel keeps them apart.
    const days = ['@charly', '@alpha', '@delta', '@bravo'].flatMap(channel =>
      [12, 11, 10].map(day => own(channel, day)),
    )
    await memory.collection<{digest_id: string}>('digests').upsertMany(days, 'digest_id')
    const {store, finds} = counting(memory)
    const expected = ['@alpha', '@bravo', '@charly', '@delta'].flatMap(channel =>
      [10, 11, 12].map(day => `${channel}:2024-11-${day}`),
    )
    expect(await idsIn(store)).to.deep.equal(expected)
    // None looks for documents without a date or without a channel: there are none.
    expect(finds()).to.equal(1)
  })

  it('keep the order of a channel that is written in several ways or has dates as text', async () => {
    const store = memoryStore()
    const digests = [
      ...[10, 12].map(day => own('@bravo', day)),
      ofTeam('t.me/bravo', at(11), 'other-spelling'),
      ...[10, 12].map(day => own('@charly', day)),
      ofTeam('@charly', '2024-11-11T00:00:00+00:00', 'date-as-text'),
      own('@alpha', 10),
      own('@delta', 10),
    ]
    await store.collection<{digest_id: string}>('digests').upsertMany(digests, 'digest_id')
    const ids = await Array.fromAsync(storedDocuments(store, digestKind), ({document, stored}) =>
      [document.channel, (stored['created_at'] instanceof Date ? stored['created_at'] : at(11)).getUTCDate()].join(' '),
    )
    expect(ids).to.deep.equal([
      '@alpha 10',
      '@bravo 10',
      '@bravo 11',
      '@bravo 12',
      '@charly 10',
      '@charly 11',
      '@charly 12',
      '@delta 10',
    ])
  })

  it('are the same and counted alike when they were fetched beforehand, also where the order of the store is not theirs', async () => {
    const plain = ['@bravo', '@alpha'].flatMap(channel => [11, 10].map(day => own(channel, day)))
    const others = [
      ofTeam('t.me/alpha', at(12), 'spelt'),
      ofTeam('@bravo', '2024-11-12', 'text'),
      ofTeam('@x', '', 'undated'),
    ]
    for (const digests of [plain, [...plain, ...others.slice(0, 1)], [...plain, ...others]]) {
      const {store, finds} = counting(memoryStore())
      await store.collection<{digest_id: string}>('digests').upsertMany(digests, 'digest_id')
      const expected = await idsIn(store)
      const before = finds()
      const query = {}
      const reader = storedReader(store, digestKind, query)
      reader.prefetch()
      expect(await reader.count(query)).to.equal(digests.length)
      expect(await Array.fromAsync(reader.documents(query), ({document}) => document.digest_id)).to.deep.equal(expected)
      if (digests === plain) expect(finds() - before).to.equal(1)
      reader.close()
    }
  })

  it('are streamed in order where they are too many to be held', async () => {
    const {store, finds} = counting(memoryStore())
    const digests = ['@bravo', '@alpha'].flatMap(channel =>
      Array.from({length: 1001}, (_, day) => own(channel, 1001 - day)),
    )
    await store.collection<{digest_id: string}>('digests').upsertMany(digests, 'digest_id')
    const query = {}
    const reader = storedReader(store, digestKind, query)
    reader.prefetch()
    expect(await reader.count(query)).to.equal(2002)
    const ids = await Array.fromAsync(reader.documents(query), ({document}) => document.digest_id)
    expect(ids).to.deep.equal(digests.map(({digest_id: id}) => id).reverse())
    // One that showed how many there are, and one for all.
    expect(finds()).to.equal(2)
    reader.close()
  })

  it('may be fetched beforehand and not wanted, or fail where nobody reads them', async () => {
    const store = memoryStore()
    const reader = storedReader(store, digestKind, {})
    reader.prefetch()
    reader.close()
    await store.dispose()
    const late = storedReader(store, digestKind, {})
    late.prefetch()
    const failure = await late.count({}).catch((error: unknown) => error)
    expect(failure).to.include({code: 'STORE_CLOSED'})
    late.close()
  })
})
