import {DatabaseSync} from 'node:sqlite'
import {setTimeout as delay} from 'node:timers/promises'

import {isBusy} from './sqlite-errors.js'

export const LOCK_TIMEOUT_MS = 5000

/** How long to wait for a lock that another process holds. */
export interface Patience {
  timeoutMs: number
  signal?: AbortSignal | undefined
}

/** A connection for reading: a statement that is being read holds its snapshot and keeps no writer waiting (WAL). */
export function openReader(path: string): DatabaseSync {
  const database = openDatabase(path)
  database.exec('PRAGMA query_only = ON')
  return database
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
