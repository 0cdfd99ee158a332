import {mkdirSync, statSync} from 'node:fs'
import {dirname} from 'node:path'
import type {DatabaseSync} from 'node:sqlite'

import {
  explainWriteError,
  interruptedError,
  usageError,
  type Collection,
  type Store,
  type StoredDocument,
} from '@ep23/sdk'

import {checkCollectionName} from './collection-name.js'
import {closedStoreError} from './store-errors.js'
import {SqliteCollection, type BorrowedReader, type SqliteAccess} from './sqlite/collection.js'
import {
  LOCK_TIMEOUT_MS,
  openDatabase,
  openReader,
  rollBack,
  writeTransaction,
  type Patience,
} from './sqlite/connection.js'
import {prepareSchema} from './sqlite/schema.js'
import {explainSqliteError} from './sqlite/sqlite-errors.js'

export interface SqliteStoreOptions {
  signal?: AbortSignal | undefined
  /** How long to wait for other processes that write. */
  lockTimeoutMs?: number
}

/**
 * The embedded store: a SQLite file in WAL mode that any number of processes may use at once. Its folder is made when
 * missing, for its owner alone.
 */
export async function openSqliteStore(path: string, options: SqliteStoreOptions = {}): Promise<Store> {
  prepareFolder(path)
  const {signal, lockTimeoutMs: timeoutMs = LOCK_TIMEOUT_MS} = options
  let writer: DatabaseSync | undefined
  try {
    signal?.throwIfAborted()
    writer = openDatabase(path)
    await prepareSchema(writer, path, {timeoutMs, signal})
    return new SqliteStore(path, writer, {timeoutMs})
  } catch (error) {
    writer?.close()
    if (signal?.aborted) throw interruptedError(`the store ${path} was not opened`)
    throw explainSqliteError(path, error)
  }
}

function prepareFolder(path: string): void {
  if (statSync(path, {throwIfNoEntry: false})?.isDirectory())
    throw usageError(`the store ${path} is a folder`, [`name a file in it, such as ${path}/store.sqlite, with --store`])
  try {
    mkdirSync(dirname(path), {recursive: true, mode: 0o700})
  } catch (error) {
    const {code} = error as NodeJS.ErrnoException
    if (code === 'EEXIST' || code === 'ENOTDIR')
      throw usageError(`the store ${path} lies under a file, not a folder`, ['choose another path with --store'])
    throw explainWriteError(path, error)
  }
}

class SqliteStore implements Store, SqliteAccess {
  private readonly idleReaders: DatabaseSync[] = []
  private readonly databases: DatabaseSync[]
  private disposed = false

  constructor(
    readonly location: string,
    private readonly writer: DatabaseSync,
    private readonly patience: Patience,
  ) {
    this.databases = [writer]
    writer.exec('PRAGMA busy_timeout = 0')
  }

  collection<T extends StoredDocument>(name: string): Collection<T> {
    checkCollectionName(name)
    return new SqliteCollection<T>(name, this)
  }

  async ping(): Promise<void> {
    const {database, giveBack} = this.borrowReader()
    try {
      database.prepare('SELECT count(*) FROM sqlite_schema').get()
    } finally {
      giveBack()
    }
  }

  async write<T>(work: (database: DatabaseSync) => T): Promise<T> {
    try {
      return await writeTransaction(this.writer, this.patience, () => work(this.writer))
    } catch (error) {
      throw this.explain(error)
    }
  }

  borrowReader(): BorrowedReader {
    if (this.disposed) throw closedStoreError(this.location)
    try {
      const database = this.idleReaders.pop() ?? this.openReader()
      database.exec('BEGIN')
      return {database, giveBack: () => this.takeBack(database)}
    } catch (error) {
      throw this.explain(error)
    }
  }

  explain(error: unknown): unknown {
    return explainSqliteError(this.location, error)
  }

  // Closing the last connection folds the WAL into the file, so that the store is one file again.
  async dispose(): Promise<void> {
    this.disposed = true
    for (const database of this.databases.splice(0)) database.close()
  }

  private openReader(): DatabaseSync {
    const database = openReader(this.location)
    this.databases.push(database)
    return database
  }

  private takeBack(database: DatabaseSync): void {
    if (this.disposed) return
    rollBack(database)
    this.idleReaders.push(database)
  }
}
