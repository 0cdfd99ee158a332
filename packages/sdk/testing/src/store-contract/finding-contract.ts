import type {Filter, FindOptions} from '@ep23/sdk'
import {deepEqual, equal} from 'node:assert/strict'

import {FOUND, FOUND_NESTED, NESTED, REFUSED_FILTERS, SORTED, ZOO} from './finding-cases.js'
import {
  type TestDocument,
  itWithStore,
  keysOf,
  readAll,
  rejectsWithCode,
  write,
  type StoreMaker,
} from './store-suite.js'

export function findingContract(makeStore: StoreMaker): void {
  for (const [documents, cases] of [
    [ZOO, FOUND],
    [NESTED, FOUND_NESTED],
  ] as const)
    itWithStore(`finds by ${cases.length} filters what MongoDB finds`, makeStore, async store => {
      await write(store, ...documents)
      for (const [filter, expected] of cases)
        deepEqual(await keysOf(store, filter), words(expected), `filter ${JSON.stringify(filter)}`)
    })

  itWithStore('finds the same with an index, made before or after writing', makeStore, async store => {
    const things = store.collection<TestDocument>('things')
    await things.ensureIndex({fields: ['v']})
    await write(store, ...ZOO)
    await things.ensureIndex({fields: ['id', 'v']})
    await things.ensureIndex({fields: ['v']})
    for (const [filter, expected] of FOUND)
      deepEqual(await keysOf(store, filter), words(expected), `filter ${JSON.stringify(filter)}`)
  })

  for (const [sort, expected] of SORTED)
    itWithStore(`sorts all kinds of values by ${JSON.stringify(sort)}`, makeStore, async store => {
      await write(store, ...ZOO.filter(({v}) => !Array.isArray(v)))
      deepEqual(await keysOf(store, {}, {sort}), words(expected))
      deepEqual(await keysOf(store, {}, {sort, limit: 3}), words(expected).slice(0, 3))
    })

  itWithStore('sorts by several fields in the order given', makeStore, async store => {
    await write(store, {id: 'a', x: 2, y: {z: 1}}, {id: 'b', x: 1, y: {z: 1}}, {id: 'c', x: 1, y: {z: 2}})
    deepEqual(await keysOf(store, {}, {sort: {'y.z': -1, x: 1}}), ['c', 'b', 'a'])
    deepEqual(await keysOf(store, {}, {sort: {x: 1, id: -1}}), ['c', 'b', 'a'])
    deepEqual(await keysOf(store, {}, {sort: {id: -1}, limit: 2}), ['c', 'b'])
  })

  itWithStore('finds nothing with the limit 0 or where nothing was written', makeStore, async store => {
    deepEqual(await readAll(store, {v: {$ne: 1}}, {sort: {v: 1}}), [])
    await write(store, {id: 'one'})
    deepEqual(await readAll(store, {}, {limit: 0}), [])
  })

  itWithStore('refuses filters, sorts and limits that not every store understands', makeStore, async store => {
    await write(store, {id: 'one'})
    for (const filter of REFUSED_FILTERS) {
      await rejectsWithCode(readAll(store, filter as Filter), 'STORE_FILTER_INVALID')
      await rejectsWithCode(store.collection('things').deleteMany(filter as Filter), 'STORE_FILTER_INVALID')
    }
    for (const options of [{limit: -1}, {limit: 1.5}, {sort: {v: 2}}, {sort: {'a..b': 1}}])
      await rejectsWithCode(readAll(store, {}, options as FindOptions), 'STORE_FILTER_INVALID')
    equal((await readAll(store)).length, 1)
  })

  itWithStore('takes a list of thousands of values', makeStore, async store => {
    await write(store, {id: 'k39999'}, {id: 'other'})
    const $in = Array.from({length: 40_000}, (_, n) => `k${n}`)
    deepEqual(await keysOf(store, {id: {$in}}), ['k39999'])
  })

  itWithStore('lets a loop end early and write what it reads', makeStore, async store => {
    const things = store.collection<TestDocument>('things')
    await things.upsertMany(
      Array.from({length: 1000}, (_, n) => ({id: `k${n}`, n})),
      'id',
    )
    for await (const _ of things.find()) break
    for await (const document of things.find({n: {$lt: 10}})) await write(store, {...document, seen: true})
    equal((await readAll(store, {seen: true})).length, 10)
    equal(await things.deleteMany({}), 1000)
  })
}

function words(text: string): string[] {
  return text.split(' ').filter(word => word !== '')
}
