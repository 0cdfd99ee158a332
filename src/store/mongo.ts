import {once} from 'node:events'

import {interruptedError, usageError, type Collection, type Exchange, type Store, type StoredDocument} from '@ep23/sdk'
import {MongoClient, type MongoClientOptions} from 'mongodb'

import {toExchangeEntry} from './batches.js'
import {checkCollectionName} from './collection-name.js'
import {checkStoredFormat, FORMAT_RECORD} from './format.js'
import {MongoCollection} from './mongo/collection.js'
import {staleOf} from './mongo/exchange.js'
import {LiveConnection} from './mongo/live-connection.js'
import {explainMongoError} from './mongo/mongo-errors.js'
import type {MongoLocation} from './store-location.js'
import {message} from '../words/words.js'

const CONNECT_TIMEOUT_MS = 5000
// https://github.com/mongodb/mongo/blob/master/src/mongo/base/error_codes.yml
const UNAUTHORIZED = 13

const OPTIONS: MongoClientOptions & {connectionType: typeof LiveConnection} = {
  appName: 'ep23',
  connectionType: LiveConnection,
  ignoreUndefined: true,
  retryReads: true,
  retryWrites: true,
  // A majority that does not come within half a minute is an error, not a reason to hang.
  writeConcern: {w: 'majority', wtimeoutMS: 30_000},
}

/** What the address may set otherwise, by the names that it has there. */
const DEFAULTS: MongoClientOptions = {
  serverSelectionTimeoutMS: CONNECT_TIMEOUT_MS,
  connectTimeoutMS: CONNECT_TIMEOUT_MS,
  socketTimeoutMS: 60_000,
  // What is exported or judged must not be undone later by a change of primary.
  readConcernLevel: 'majority',
}

/** The team's MongoDB: a single server, a replica set or a sharded cluster. */
export async function openMongoStore(
  target: MongoLocation,
  {signal}: {signal?: AbortSignal | undefined},
): Promise<Store> {
  const client = createClient(target)
  const opening = connect(client, target)
  try {
    await (signal ? Promise.race([opening, rejectOnAbort(signal)]) : opening)
    return new MongoStore(target, client)
  } catch (error) {
    await client.close()
    if (signal?.aborted) throw interruptedError(message('storeNotReached', {store: target.shown}))
    throw explainMongoError(target.shown, error)
  }
}

async function connect(client: MongoClient, {database, shown}: MongoLocation): Promise<void> {
  await client.connect()
  const record = await client
    .db(database)
    .collection(FORMAT_RECORD.collection)
    .findOne(FORMAT_RECORD.key)
    .catch(nothingIfForbidden)
  checkStoredFormat(shown, Number(record?.['format'] ?? 1))
}

/** A team's database, from which only posts are read, may show nothing of ep23's own. */
function nothingIfForbidden(error: unknown): null {
  if ((error as {code?: unknown}).code === UNAUTHORIZED) return null
  throw error
}

function createClient({url, shown}: MongoLocation): MongoClient {
  try {
    return new MongoClient(url, {...defaultsBeside(url), ...OPTIONS})
  } catch {
    // The driver's message, and so the cause, may quote a part of the address that is the password.
    throw usageError(message('addressUnusable', {shown}), [message('encodeUserPassword'), message('checkOptions')])
  }
}

function defaultsBeside(url: string): MongoClientOptions {
  const names = new Set([...new URLSearchParams(url.split('?')[1] ?? '').keys()].map(name => name.toLowerCase()))
  return Object.fromEntries(Object.entries(DEFAULTS).filter(([name]) => !names.has(name.toLowerCase())))
}

async function rejectOnAbort(signal: AbortSignal): Promise<never> {
  if (!signal.aborted) await once(signal, 'abort')
  throw signal.reason
}

class MongoStore implements Store {
  readonly location: string
  private readonly collections = new Map<string, MongoCollection<StoredDocument>>()

  constructor(
    private readonly target: MongoLocation,
    private readonly client: MongoClient,
  ) {
    this.location = target.shown
  }

  collection<T extends StoredDocument>(name: string): Collection<T> {
    return this.opened(name) as unknown as Collection<T>
  }

  async exchange(changes: readonly Exchange[]): Promise<number[]> {
    const entries = changes.map((change, position) => ({...toExchangeEntry(change), position}))
    const groups = [...Map.groupBy(entries, ({collection}) => collection)]
    const read = await Promise.all(
      groups.map(async ([name, group]) => ({name, found: await this.opened(name).readEntries(group)})),
    )
    const stale = read.flatMap(({found}) => staleOf(found))
    if (stale.length > 0) return stale
    for (const {name, found} of read) stale.push(...(await this.opened(name).exchange(found)))
    return stale
  }

  // The server keeps what it has confirmed.
  async confirm(): Promise<void> {}

  private opened(name: string): MongoCollection<StoredDocument> {
    checkCollectionName(name)
    const known = this.collections.get(name) ?? new MongoCollection(this.database.collection(name), this.location)
    this.collections.set(name, known)
    return known
  }

  async ping(): Promise<void> {
    try {
      await this.database.command({ping: 1})
    } catch (error) {
      throw explainMongoError(this.location, error)
    }
  }

  async dispose(): Promise<void> {
    await this.client.close()
  }

  private get database() {
    return this.client.db(this.target.database)
  }
}
