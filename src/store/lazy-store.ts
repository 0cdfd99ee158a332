import type {Collection, Store, StoredDocument} from '@ep23/sdk'

import {checkCollectionName} from './collection-name.js'
import {openStore} from './open-store.js'
import {parseStoreLocation} from './store-location.js'
import {closedStoreError} from './store-errors.js'

/**
 * A store that connects on first use, so that commands which never touch it load no driver and need no server. A failed
 * attempt is made again at the next use: a server process outlives a pause of its database.
 */
export function lazyStore(location: string, signal?: AbortSignal, open = openStore): Store {
  const {shown} = parseStoreLocation(location)
  let opened: Promise<Store> | undefined
  let disposed = false
  const store = (): Promise<Store> => {
    if (disposed) throw closedStoreError(shown)
    return (opened ??= open(location, {signal}).catch((error: unknown) => {
      opened = undefined
      throw error
    }))
  }
  return {
    location: shown,
    collection: name => lazyCollection(name, store),
    ping: async () => (await store()).ping(),
    async dispose() {
      disposed = true
      // Who asked for the store has got the error of opening it; closing has nothing to add.
      await (await opened?.catch(() => undefined))?.dispose()
    },
  }
}

function lazyCollection<T extends StoredDocument>(name: string, store: () => Promise<Store>): Collection<T> {
  checkCollectionName(name)
  const collection = async (): Promise<Collection<T>> => (await store()).collection<T>(name)
  return {
    upsertMany: async (documents, key) => (await collection()).upsertMany(documents, key),
    async *find(filter, options) {
      yield* (await collection()).find(filter, options)
    },
    countBy: async (filter, field) => (await collection()).countBy(filter, field),
    deleteMany: async filter => (await collection()).deleteMany(filter),
    ensureIndex: async spec => (await collection()).ensureIndex(spec),
  }
}
