import {deepEqual} from 'node:assert/strict'

import {
  type TestDocument,
  itWithStore,
  keysOf,
  readAll,
  rejectsWithCode,
  write,
  type StoreMaker,
} from './store-suite.js'

const OLD: TestDocument = {id: 'a', text: 'old', n: 1, list: [{x: 1}], meta: {by: 'one', at: new Date(0), flag: null}}
const NEW: TestDocument = {id: 'a', text: 'new', n: 2, meta: {by: 'two'}}
const ENTRY: TestDocument = {entry_id: 'a:1', document: OLD}

export function exchangingContract(makeStore: StoreMaker): void {
  const things = {collection: 'things', key: 'id'}
  const history = {collection: 'past_things', key: 'entry_id'}

  itWithStore('inserts, replaces and deletes in several collections at once', makeStore, async store => {
    await write(store, OLD, {id: 'b'})
    const stale = await store.exchange([
      {...history, after: ENTRY},
      {...things, before: OLD, after: NEW},
      {...things, before: {id: 'b'}},
      {...things, after: {id: 'c', list: ['x']}},
    ])
    deepEqual(stale, [])
    deepEqual(await readAll(store, {}, {sort: {id: 1}}), [NEW, {id: 'c', list: ['x']}])
    deepEqual(await Array.fromAsync(store.collection<TestDocument>('past_things').find({entry_id: 'a:1'})), [ENTRY])
    deepEqual(await keysOf(store, {list: 'x'}), ['c'])
  })

  itWithStore('finds a document unchanged whatever the order of its fields', makeStore, async store => {
    await write(store, OLD)
    const reversed = Object.fromEntries(Object.entries(OLD).reverse())
    deepEqual(await store.exchange([{...things, before: reversed, after: NEW}]), [])
    deepEqual(await readAll(store), [NEW])
  })

  for (const [title, stored] of [
    ['changed', {...OLD, n: 3}],
    ['changed inside a list', {...OLD, list: [{x: 2}]}],
    ['changed in a date', {...OLD, meta: {by: 'one', at: new Date(1), flag: null}}],
  ] as const)
    itWithStore(`writes nothing when one document was ${title} meanwhile`, makeStore, async store => {
      await write(store, stored, {id: 'b'})
      const changes = [
        {...history, after: ENTRY},
        {...things, before: OLD, after: NEW},
        {...things, before: {id: 'b'}},
      ]
      deepEqual(await store.exchange(changes), [1])
      deepEqual(await readAll(store, {}, {sort: {id: 1}}), [stored, {id: 'b'}])
      deepEqual(await Array.fromAsync(store.collection('past_things').find()), [])
    })

  itWithStore('writes nothing when a document was deleted or inserted meanwhile', makeStore, async store => {
    deepEqual(await store.exchange([{...things, before: OLD, after: NEW}]), [0])
    await write(store, {id: 'a', text: 'of another'})
    deepEqual(await store.exchange([{...things, after: NEW}]), [0])
    deepEqual(await store.exchange([{...things, before: OLD}]), [0])
    deepEqual(await readAll(store), [{id: 'a', text: 'of another'}])
  })

  itWithStore('takes a change that was made already for done', makeStore, async store => {
    const changes = [
      {...history, after: ENTRY},
      {...things, before: OLD, after: NEW},
    ]
    await write(store, OLD)
    for (let again = 0; again < 3; again += 1) deepEqual(await store.exchange(changes), [])
    deepEqual(await readAll(store), [NEW])
    deepEqual(await store.exchange([{...things, before: OLD}]), [0])
    deepEqual(await store.exchange([{...things, before: NEW}]), [])
    deepEqual(await store.exchange([{...things, before: NEW}]), [])
    deepEqual(await readAll(store), [])
  })

  itWithStore('refuses what no store can hold before anything is written', makeStore, async store => {
    await rejectsWithCode(
      store.exchange([
        {...things, after: {id: 'b'}},
        {...things, after: {id: ''}},
      ]),
      'STORE_KEY_MISSING',
    )
    const refused = store.exchange([
      {...things, after: {id: 'b'}},
      {...things, after: {id: 'c', n: Number.NaN}},
    ])
    await rejectsWithCode(refused, 'STORE_VALUE_REFUSED')
    deepEqual(await readAll(store), [])
    deepEqual(await store.exchange([]), [])
  })
}
