import {accessSync, constants, existsSync, statSync} from 'node:fs'
import {dirname} from 'node:path'
import {DatabaseSync} from 'node:sqlite'
import {setTimeout as delay} from 'node:timers/promises'
import {pathToFileURL} from 'node:url'
import {isBusy} from './sqlite-errors.js'
import {EXIT, type Ep23Error} from '@ep23/sdk'
import {storeError} from '../store-errors.js'
import {message} from '../../words/words.js'

export const LOCK_TIMEOUT_MS = 5000

/** How long to wait for a lock that another process holds. */
export interface Patience {
  timeoutMs: number
  signal?: AbortSignal | undefined
}

/**
 * A connection for reading: a statement that is being read holds its snapshot and keeps no writer waiting (WAL). It never makes
 * a file. A store in a folder that may not be written is read as it lies there: SQLite could not make the lock files beside it.
 */
export function openReader(path: string): DatabaseSync {
  const database = mayWrite(path) && mayWrite(dirname(path)) ? openExisting(path) : openProtected(path)
  database.exec(`PRAGMA busy_timeout = ${LOCK_TIMEOUT_MS}; PRAGMA query_only = ON`)
  return database
}

// Only a connection that may write folds the log into the file when it is the last to close.
function openExisting(path: string): DatabaseSync {
  return new DatabaseSync(withParameter(path, 'mode', 'rw'))
}

function openProtected(path: string): DatabaseSync {
  const asItLies = !mayWrite(dirname(path)) && !hasOpenLog(path)
  return new DatabaseSync(asItLies ? withParameter(path, 'immutable', '1') : path, {readOnly: true})
}

function withParameter(path: string, name: string, value: string): URL {
  const url = pathToFileURL(path)
  url.searchParams.set(name, value)
  return url
}

function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}

// Somebody who may write has the store open, and documents may be in the log alone.
function hasOpenLog(path: string): boolean {
  const log = `${path}-wal`
  return existsSync(log) && statSync(log).size > 0
}

export function openDatabase(path: string): DatabaseSync {
  const database = new DatabaseSync(path)
  database.exec(`PRAGMA busy_timeout = ${LOCK_TIMEOUT_MS}`)
  return database
}

/**
 * Runs `work` inside one write transaction. Waits for other processes as long as `patience` lasts, with random short pauses: the
 * process that has just written would else take the lock again each time before those that wait.
 */
export async function writeTransaction<T>(database: DatabaseSync, patience: Patience, work: () => T): Promise<T> {
  return retryWhileBusy(patience, () => {
    database.exec('BEGIN IMMEDIATE')
    try {
      const result = work()
      database.exec('COMMIT')
      return result
    } catch (error) {
      rollBack(database)
      throw error
    }
  })
}

export async function retryWhileBusy<T>({timeoutMs, signal}: Patience, attempt: () => T): Promise<T> {
  const deadline = performance.now() + timeoutMs
  for (;;) {
    try {
      return attempt()
    } catch (error) {
      if (!isBusy(error) || performance.now() >= deadline) throw error
    }
    await delay(1 + Math.random() * 20, undefined, {signal})
  }
}

/** Ends a transaction without keeping anything; SQLite has done it itself after some errors, such as a full disk. */
export function rollBack(database: DatabaseSync): void {
  try {
    database.exec('ROLLBACK')
  } catch (error) {
    if (!String(error).includes('no transaction is active')) throw error
  }
}

/** Which file a path led to when it was opened. */
export interface FileIdentity {
  /** @throws Ep23Error STORE_GONE (75) when the path leads nowhere or to a different file by now */
  check(): void
  /** The same as a value: undefined while the file is where it was. */
  problem(): Ep23Error | undefined
}

/**
 * Remembers the file at a path by device and inode: a process that has a deleted file open goes on writing into it, and
 * all of it vanishes with the process.
 */
export function fileIdentity(path: string): FileIdentity {
  const opened = inodeOf(path)
  const problem = (): Ep23Error | undefined => {
    const now = inodeOf(path)
    if (now !== undefined && now === opened) return undefined
    return storeError(
      path,
      message('vanished', {how: now === undefined ? message('storeDeleted') : message('storeReplaced')}),
      {
        code: 'STORE_GONE',
        exit: EXIT.tryAgain,
        suggestions: [message('writesLost'), message('findRemover')],
      },
    )
  }
  return {
    problem,
    check() {
      const found = problem()
      if (found) throw found
    },
  }
}

function inodeOf(path: string): string | undefined {
  const stats = statSync(path, {bigint: true, throwIfNoEntry: false})
  return stats && `${stats.dev}:${stats.ino}`
}
