import {hasCode, turnTaker, type Collection, type Store, type StoredDocument} from '@ep23/sdk'

import {checkCollectionName} from './collection-name.js'
import {openStore, type OpenStoreOptions} from './open-store.js'
import {parseStoreLocation} from './store-location.js'
import {closedStoreError} from './store-errors.js'

export interface LazyStore extends Store {
  /** Whether it is connected already, and may be written. */
  readonly isOpen: boolean
  /** The same store, but reading ends with the signal's reason once it is aborted; telemetry still wants to read then. */
  until(signal: AbortSignal): Store
}

/**
 * A store that connects on first use, so that commands which never touch it load no driver and need no server. A failed
 * attempt is made again at the next use: a server process outlives a pause of its database. With `mustExist` a file that
 * is not there is missed by whatever reads it, and made by the first document that is written.
 */
export function lazyStore(location: string, options: OpenStoreOptions = {}, open = openStore): LazyStore {
  const {shown} = parseStoreLocation(location)
  let opened: Promise<Store> | undefined
  let connected = false
  let disposed = false
  // Of the whole store: many short reads one after the other would else never come to a turn.
  const takeTurn = turnTaker()
  const connect = async (asked: OpenStoreOptions): Promise<Store> => {
    try {
      const store = await open(location, asked)
      connected = true
      return store
    } catch (error) {
      opened = undefined
      throw error
    }
  }
  const store = (): Promise<Store> => {
    if (disposed) throw closedStoreError(shown)
    return (opened ??= connect(options))
  }
  const writable = (): Promise<Store> =>
    store().catch((error: unknown) => {
      if (options.readOnly || !hasCode(error, 'STORE_MISSING')) throw error
      return (opened ??= connect({...options, mustExist: false}))
    })
  const reading = (beforeEach: BeforeEach): Store => ({
    location: shown,
    collection: name => lazyCollection(name, {store, writable}, beforeEach),
    exchange: async changes => (await writable()).exchange(changes),
    confirm: async () => (await opened?.catch(() => undefined))?.confirm(),
    ping: async () => (await store()).ping(),
    async dispose() {
      disposed = true
      // Who asked for the store has got the error of opening it; closing has nothing to add.
      await (await opened?.catch(() => undefined))?.dispose()
    },
  })
  return {
    ...reading(takeTurn),
    get isOpen() {
      return connected && !disposed && !options.readOnly
    },
    until: signal =>
      reading(() => {
        signal.throwIfAborted()
        return takeTurn()
      }),
  }
}

/** Awaited before anything is read, and before each document of it. */
type BeforeEach = () => Promise<void> | undefined

function lazyCollection<T extends StoredDocument>(
  name: string,
  {store, writable}: Record<'store' | 'writable', () => Promise<Store>>,
  beforeEach: BeforeEach,
): Collection<T> {
  checkCollectionName(name)
  const collection = async (): Promise<Collection<T>> => (await store()).collection<T>(name)
  return {
    upsertMany: async (documents, key) => (await writable()).collection<T>(name).upsertMany(documents, key),
    async *find(filter, options) {
      await beforeEach()
      for await (const document of (await collection()).find(filter, options)) {
        await beforeEach()
        yield document
      }
    },
    async countBy(filter, field) {
      await beforeEach()
      return (await collection()).countBy(filter, field)
    },
    async tally(filter, fields) {
      await beforeEach()
      return (await collection()).tally(filter, fields)
    },
    deleteMany: async filter => (await collection()).deleteMany(filter),
    ensureIndex: async spec => (await collection()).ensureIndex(spec),
    hasIndex: async spec => (await collection()).hasIndex(spec),
  }
}
