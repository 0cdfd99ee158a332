import {closeSync, existsSync, mkdirSync, openSync, statSync} from 'node:fs'
import {dirname} from 'node:path'
import type {DatabaseSync} from 'node:sqlite'
import {
  badDataError,
  explainWriteError,
  interruptedError,
  usageError,
  type Collection,
  type Exchange,
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
  fileIdentity,
  type FileIdentity,
} from './sqlite/connection.js'
import {exchange, prepareExchange} from './sqlite/write-batch.js'
import {checkSchema, prepareSchema} from './sqlite/schema.js'
import {explainSqliteError} from './sqlite/sqlite-errors.js'
import {message} from '../words/words.js'

export interface SqliteStoreOptions {
  signal?: AbortSignal | undefined
  /** A file that is not there is an error instead of being made. */
  mustExist?: boolean | undefined
  /** For commands that read: the file must be there, and is not changed. */
  readOnly?: boolean | undefined
  /** How long to wait for other processes that write. */
  lockTimeoutMs?: number
}

/**
 * The embedded store: a SQLite file in WAL mode that any number of processes may use at once. Its folder is made when
 * missing, for its owner alone.
 */
export async function openSqliteStore(path: string, options: SqliteStoreOptions = {}): Promise<Store> {
  const {signal, readOnly = false, lockTimeoutMs: timeoutMs = LOCK_TIMEOUT_MS} = options
  if (readOnly || options.mustExist) requireFile(path)
  else prepareFolder(path)
  let writer: DatabaseSync | undefined
  try {
    signal?.throwIfAborted()
    if (!readOnly) makePrivate(path)
    writer = readOnly ? openReader(path) : openDatabase(path)
    if (readOnly) checkSchema(writer, path)
    else await prepareSchema(writer, path, {timeoutMs, signal})
    return new SqliteStore(path, writer, {timeoutMs})
  } catch (error) {
    writer?.close()
    if (signal?.aborted) throw interruptedError(message('storeNotOpened', {path}))
    throw explainSqliteError(path, error)
  }
}

/** Nobody else reads what channels wrote; a file that exists keeps the mode it was given, and SQLite's files beside it follow. */
function makePrivate(path: string): void {
  try {
    closeSync(openSync(path, 'ax', 0o600))
  } catch {
    // It exists, or SQLite says in a moment why it cannot be written.
  }
}

/** @throws Ep23Error STORE_MISSING (65) */
function requireFile(path: string): void {
  refuseFolder(path)
  if (existsSync(path)) return
  throw badDataError('STORE_MISSING', message('noStore', {path}), [message('fillFirst'), message('orNameAnother')])
}

function refuseFolder(path: string): void {
  if (statSync(path, {throwIfNoEntry: false})?.isDirectory())
    throw usageError(message('storeIsFolder', {path}), [message('nameFileInIt', {path})])
}

function prepareFolder(path: string): void {
  refuseFolder(path)
  try {
    mkdirSync(dirname(path), {recursive: true, mode: 0o700})
  } catch (error) {
    const {code} = error as NodeJS.ErrnoException
    if (code === 'EEXIST' || code === 'ENOTDIR')
      throw usageError(message('storeUnderFile', {path}), [message('chooseOtherStore')])
    throw explainWriteError(path, error)
  }
}

class SqliteStore implements Store, SqliteAccess {
  private readonly idleReaders: DatabaseSync[] = []
  private readonly databases: DatabaseSync[]
  private readonly identity: FileIdentity
  private disposed = false

  constructor(
    readonly location: string,
    private readonly writer: DatabaseSync,
    private readonly patience: Patience,
  ) {
    this.databases = [writer]
    this.identity = fileIdentity(location)
    writer.exec('PRAGMA busy_timeout = 0')
  }

  collection<T extends StoredDocument>(name: string): Collection<T> {
    checkCollectionName(name)
    return new SqliteCollection<T>(name, this)
  }

  async exchange(changes: readonly Exchange[]): Promise<number[]> {
    const prepared = prepareExchange(changes)
    return this.write(database => exchange(database, prepared))
  }

  async confirm(): Promise<void> {
    this.identity.check()
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
      const result = await writeTransaction(this.writer, this.patience, () => work(this.writer))
      this.identity.check()
      return result
    } catch (error) {
      throw this.explain(error)
    }
  }

  borrowReader(): BorrowedReader {
    if (this.disposed) throw closedStoreError(this.location)
    this.identity.check()
    try {
      const database = this.idleReaders.pop() ?? this.openReader()
      database.exec('BEGIN')
      return {database, giveBack: () => this.takeBack(database)}
    } catch (error) {
      throw this.explain(error)
    }
  }

  explain(error: unknown): unknown {
    const explained = explainSqliteError(this.location, error)
    // What SQLite says of a file that is gone (an I/O error, a read-only database) misses the point.
    return explained === error || this.disposed ? explained : (this.identity.problem() ?? explained)
  }

  // Closing the last connection folds the WAL into the file, so that the store is one file again.
  async dispose(): Promise<void> {
    this.disposed = true
    for (const database of this.databases.splice(0).reverse()) database.close()
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
