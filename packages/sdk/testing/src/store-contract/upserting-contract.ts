import {deepEqual, equal, rejects} from 'node:assert/strict'

import {
  type TestDocument,
  itWithStore,
  keysOf,
  readAll,
  rejectsWithCode,
  write,
  type StoreMaker,
} from './store-suite.js'

/** More than one batch of every adapter. */
const MANY = 2500

export function upsertingContract(makeStore: StoreMaker): void {
  itWithStore('counts inserted, updated and unchanged documents', makeStore, async store => {
    const things = store.collection<TestDocument>('things')
    const first = await things.upsertMany([thing(1), thing(2), thing(3)], 'id')
    deepEqual(first, {inserted: 3, updated: 0, unchanged: 0})
    const second = await things.upsertMany([thing(1), {...thing(2), extra: true}, thing(4)], 'id')
    deepEqual(second, {inserted: 1, updated: 1, unchanged: 1})
    deepEqual(await readAll(store, {id: thing(2).id}), [{...thing(2), extra: true}])
  })

  itWithStore('replaces whole documents: fields that are gone do not stay', makeStore, async store => {
    await write(store, {id: 'one', old: 1, both: 1})
    await write(store, {id: 'one', both: 2})
    deepEqual(await readAll(store), [{id: 'one', both: 2}])
  })

  itWithStore('takes documents with their fields in another order for equal', makeStore, async store => {
    await write(store, {id: 'one', a: {x: 1, y: 2}, b: null})
    const counts = await store
      .collection<TestDocument>('things')
      .upsertMany([{b: null, a: {y: 2, x: 1}, id: 'one'}], 'id')
    deepEqual(counts, {inserted: 0, updated: 0, unchanged: 1})
  })

  itWithStore('tells null, a missing field, a text and a number apart', makeStore, async store => {
    for (const value of [null, undefined, '1', 1, true, [1], {}]) {
      const counts = await store.collection<TestDocument>('things').upsertMany([{id: 'one', value}], 'id')
      equal(counts.unchanged, 0)
    }
  })

  itWithStore('keeps the later of two documents with one key', makeStore, async store => {
    const documents = [{id: 'one', n: 1}, {id: 'two'}, {id: 'one', n: 2}, {id: 'one', n: 2}]
    const counts = await store.collection<TestDocument>('things').upsertMany(documents, 'id')
    deepEqual(counts, {inserted: 2, updated: 1, unchanged: 1})
    deepEqual(await readAll(store, {id: 'one'}), [{id: 'one', n: 2}])
  })

  itWithStore(`writes ${MANY} documents from an async source and counts them all`, makeStore, async store => {
    const things = store.collection<TestDocument>('things')
    deepEqual(await things.upsertMany(manyThings(), 'id'), {inserted: MANY, updated: 0, unchanged: 0})
    deepEqual(await things.upsertMany(manyThings(), 'id'), {inserted: 0, updated: 0, unchanged: MANY})
    equal((await readAll(store)).length, MANY)
  })

  itWithStore('does nothing for no documents', makeStore, async store => {
    deepEqual(await store.collection<TestDocument>('things').upsertMany([], 'id'), {
      inserted: 0,
      updated: 0,
      unchanged: 0,
    })
    deepEqual(await readAll(store), [])
  })

  itWithStore('passes on an error of the source and keeps what was there', makeStore, async store => {
    await write(store, thing(1))
    async function* broken(): AsyncGenerator<TestDocument> {
      yield* [thing(2)]
      throw new Error('the source broke')
    }
    await rejects(store.collection<TestDocument>('things').upsertMany(broken(), 'id'), /the source broke/u)
    deepEqual(await readAll(store, {id: thing(1).id}), [thing(1)])
  })

  for (const key of [undefined, '', 5, null])
    itWithStore(`refuses the key ${String(key)}`, makeStore, async store => {
      await rejectsWithCode(write(store, {id: key}), 'STORE_KEY_MISSING')
    })

  for (const key of ['a key/with "quotes" and \\', "it's", 'ключ', '😀', ' ', 'a'.repeat(500)])
    itWithStore(`takes the key ${key.slice(0, 30)}`, makeStore, async store => {
      await write(store, {id: key, n: 1})
      await write(store, {id: key, n: 2})
      deepEqual(await keysOf(store, {id: key}), [key])
    })

  itWithStore('refuses a second key field for one collection', makeStore, async store => {
    await write(store, {id: 'one', other: 'x'})
    await rejectsWithCode(
      store.collection<TestDocument>('things').upsertMany([{other: 'x'}], 'other'),
      'STORE_KEY_CONFLICT',
    )
  })

  itWithStore('lets several calls write at once', makeStore, async store => {
    const things = store.collection<TestDocument>('things')
    const parts = [0, 1, 2, 3].map(part => Array.from({length: 300}, (_, n) => thing(part * 200 + n)))
    const counts = await Promise.all(parts.map(part => things.upsertMany(part, 'id')))
    equal(
      counts.reduce((sum, {inserted}) => sum + inserted, 0),
      900,
    )
    equal((await readAll(store)).length, 900)
  })
}

function thing(n: number) {
  return {id: `thing:${String(n).padStart(6, '0')}`, n, channel: `@channel_${n % 5}`, created_at: new Date(n * 1000)}
}

async function* manyThings(): AsyncGenerator<TestDocument> {
  for (let n = 0; n < MANY; n += 1) yield thing(n)
}
