import {deepEqual, equal} from 'node:assert/strict'

import type {Tally} from '@ep23/sdk'

import {type TestDocument, itWithStore, keysOf, rejectsWithCode, write, type StoreMaker} from './store-suite.js'

const DOCUMENTS: readonly TestDocument[] = [
  {id: 'a', channel: '@habr', metadata: {origin: 'telegram'}, tags: ['x']},
  {id: 'b', channel: '@habr', metadata: {origin: 'synthetic'}, tags: ['x', 'y']},
  {id: 'c', channel: '@proglib', metadata: {origin: 'telegram'}},
  {id: 'd', channel: 5, metadata: {origin: null}},
  {id: 'e', metadata: [{origin: 'telegram'}]},
]

export function deletingContract(makeStore: StoreMaker): void {
  itWithStore('counts by a text field, leaving out what is no text', makeStore, async store => {
    const things = store.collection<TestDocument>('things')
    deepEqual(sorted(await things.countBy({}, 'channel')), [])
    await write(store, ...DOCUMENTS)
    deepEqual(sorted(await things.countBy({}, 'channel')), ['@habr 2', '@proglib 1'])
    deepEqual(sorted(await things.countBy({}, 'metadata.origin')), ['synthetic 1', 'telegram 2'])
    deepEqual(sorted(await things.countBy({channel: '@habr'}, 'metadata.origin')), ['synthetic 1', 'telegram 1'])
    deepEqual(sorted(await things.countBy({}, 'tags')), [])
    deepEqual(sorted(await things.countBy({channel: '@habr'}, 'id')), ['a 1', 'b 1'])
  })

  itWithStore('counts by several text fields and a date at once', makeStore, async store => {
    const things = store.collection<TestDocument>('things')
    const fields = {texts: ['channel', 'metadata.origin'], date: 'at'}
    deepEqual(await things.tally({}, fields), [])
    const dated = {id: 'f', channel: '@habr', at: new Date(0), metadata: {origin: 'telegram'}}
    await write(store, ...DOCUMENTS.slice(0, 4), dated, {
      id: 'g',
      channel: '@habr',
      at: '1970-01-01',
      metadata: {origin: 'telegram'},
    })
    deepEqual(namesOf(await things.tally({}, fields)), [
      '@habr synthetic undated 1',
      '@habr telegram dated 1',
      '@habr telegram undated 2',
      '@proglib telegram undated 1',
      'undefined null undated 1',
    ])
    deepEqual(namesOf(await things.tally({at: {$gte: new Date(0)}}, fields)), ['@habr telegram dated 1'])
  })

  itWithStore('deletes what a filter finds and says how many', makeStore, async store => {
    const things = store.collection<TestDocument>('things')
    equal(await things.deleteMany({}), 0)
    await write(store, ...DOCUMENTS)
    equal(await things.deleteMany({'metadata.origin': 'telegram', channel: {$ne: '@proglib'}}), 2)
    deepEqual(await keysOf(store), ['b', 'c', 'd'])
    equal(await things.deleteMany({tags: 'y'}), 1)
    equal(await things.deleteMany({}), 2)
    deepEqual(await things.upsertMany(DOCUMENTS, 'id'), {inserted: 5, updated: 0, unchanged: 0})
  })

  itWithStore('keeps collections apart', makeStore, async store => {
    await write(store, {id: 'one'})
    await store.collection<TestDocument>('other_things').upsertMany([{name: 'one'}, {name: 'two'}], 'name')
    equal(await store.collection('other_things').deleteMany({}), 2)
    deepEqual(await keysOf(store), ['one'])
  })

  itWithStore('refuses duplicates in a unique index', makeStore, async store => {
    const things = store.collection<TestDocument>('things')
    const index = {fields: ['trace_id', 'part.n'], unique: true}
    equal(await things.hasIndex(index), false)
    await things.ensureIndex(index)
    equal(await things.hasIndex(index), true)
    equal(await things.hasIndex({fields: ['part.n']}), false)
    await write(store, {id: 'a', trace_id: 't', part: {n: 1}}, {id: 'b', trace_id: 't', part: {n: '1'}})
    await rejectsWithCode(write(store, {id: 'd', trace_id: 't', part: {n: 1}}), 'STORE_DUPLICATE')
    deepEqual(await keysOf(store), ['a', 'b'])
    await write(store, {id: 'a', trace_id: 't', part: {n: 1}, more: true})
  })

  itWithStore('refuses a unique index over documents that break it', makeStore, async store => {
    await write(store, {id: 'a', x: 1}, {id: 'b', x: 1})
    await rejectsWithCode(store.collection('things').ensureIndex({fields: ['x'], unique: true}), 'STORE_DUPLICATE')
  })
}

function namesOf(tally: readonly Tally[]): string[] {
  return tally
    .map(
      ({texts, isDated, count}) =>
        `${texts['channel']} ${texts['metadata.origin']} ${isDated ? 'dated' : 'undated'} ${count}`,
    )
    .sort()
}

function sorted(counts: ReadonlyMap<string, number>): string[] {
  return [...counts].map(([value, count]) => `${value} ${count}`).sort()
}
