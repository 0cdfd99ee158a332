import {hasCode} from '@ep23/sdk'
import {deepEqual, equal, throws} from 'node:assert/strict'

import {itWithStore, readAll, rejectsWithCode, write, type StoreMaker} from './store-suite.js'

export function lifeCycleContract(makeStore: StoreMaker): void {
  itWithStore('answers a ping and says where it is', makeStore, async store => {
    await store.ping()
    equal(typeof store.location, 'string')
  })

  itWithStore('starts empty', makeStore, async store => {
    deepEqual(await readAll(store), [])
  })

  itWithStore('may be disposed of twice, and then refuses to work', makeStore, async store => {
    await write(store, {id: 'one'})
    await store.dispose()
    await store.dispose()
    await rejectsWithCode(store.ping(), 'STORE_CLOSED')
    await rejectsWithCode(readAll(store), 'STORE_CLOSED')
    await rejectsWithCode(write(store, {id: 'two'}), 'STORE_CLOSED')
  })

  for (const name of ['', 'Digests', 'a-b', 'a.b', '_own', '1st', 'drop table x;--', '$cmd'])
    itWithStore(`refuses the collection name "${name}"`, makeStore, async store => {
      throws(
        () => store.collection(name),
        error => hasCode(error, 'STORE_COLLECTION_NAME'),
      )
    })
}
