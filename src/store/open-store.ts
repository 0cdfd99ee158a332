import type {Store} from '@ep23/sdk'

import {parseStoreLocation} from './store-location.js'

export interface OpenStoreOptions {
  /** Ends the waiting for a connection or a lock. One that is aborted already is not asked: what is written last, when a
   * command was interrupted, needs the store as well. */
  signal?: AbortSignal | undefined
  /** A file that is not there is an error instead of being made. */
  mustExist?: boolean | undefined
  /** It is only read, and must exist. */
  readOnly?: boolean | undefined
}

/**
 * Connects to the store at a MongoDB URL or a SQLite file path; only the adapter in use is loaded.
 * @throws Ep23Error USAGE (64), STORE_UNAVAILABLE (69), STORE_LOCKED, DISK_FULL (75), NOT_WRITABLE,
 * STORE_NOT_PERMITTED (77), STORE_CORRUPT, STORE_FOREIGN, STORE_MISSING (65), within about five seconds
 */
export async function openStore(location: string, options: OpenStoreOptions = {}): Promise<Store> {
  const target = parseStoreLocation(location)
  const signal = options.signal?.aborted ? undefined : options.signal
  if (target.kind === 'mongo') {
    const {openMongoStore} = await import('./mongo.js')
    return openMongoStore(target, {signal})
  }
  const {openSqliteStore} = await import('./sqlite.js')
  return openSqliteStore(target.path, {...options, signal})
}
