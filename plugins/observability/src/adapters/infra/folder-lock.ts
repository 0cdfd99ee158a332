import {join} from 'node:path'
import type {DatabaseSync} from 'node:sqlite'
import {setTimeout as delay} from 'node:timers/promises'

import {Ep23Error, EXIT} from '@ep23/sdk'

export interface LockOptions {
  /** An existing folder. */
  folder: string
  waitSeconds: number
  signal: AbortSignal
}

const POLL_MS = 100

/**
 * Runs `work` under a lock of the operating system, taken through SQLite: it cannot outlive its process, whatever ends it,
 * so there is no stale lock to break.
 * @throws INFRA_BUSY (75) when it is not free within the time
 */
export async function withLock<T>(options: LockOptions, work: () => Promise<T>): Promise<T> {
  const {DatabaseSync: Database} = await import('node:sqlite')
  const database = new Database(join(options.folder, 'lock.sqlite'), {timeout: 0})
  try {
    await acquire(database, options)
    return await work()
  } finally {
    database.close()
  }
}

async function acquire(database: DatabaseSync, {folder, waitSeconds, signal}: LockOptions): Promise<void> {
  const deadline = performance.now() + waitSeconds * 1000
  while (!isLocked(database)) {
    signal.throwIfAborted()
    if (performance.now() >= deadline)
      throw new Ep23Error(`another ep23 process is changing the infrastructure in ${folder}`, {
        code: 'INFRA_BUSY',
        exit: EXIT.tryAgain,
        suggestions: ['wait for it with --wait SECONDS', 'give this job a stack of its own with --state-dir'],
      })
    await delay(POLL_MS)
  }
}

function isLocked(database: DatabaseSync): boolean {
  try {
    database.exec('BEGIN EXCLUSIVE')
    return true
  } catch (error) {
    // SQLITE_BUSY; any other failure is no question of waiting.
    if ((error as {errcode?: number}).errcode === 5) return false
    throw error
  }
}
