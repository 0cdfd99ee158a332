import {open} from 'node:fs/promises'
import type {DatabaseSync} from 'node:sqlite'
import {setTimeout as delay} from 'node:timers/promises'

import {explainWriteError} from './atomic-file.js'

export interface FileLockOptions {
  /** A file of the lock's own, in an existing folder; made when it is not there. */
  path: string
  /** How long to wait for another process to let it go; 0 does not wait. */
  waitSeconds?: number
  signal?: AbortSignal
  /** What is thrown when it stays taken. */
  busy: () => Error
}

const POLL_MS = 100
const SQLITE_BUSY = 5

/**
 * Runs `work` while no other process runs under the same lock. The lock is the operating system's, taken through SQLite on an
 * empty file, so it ends with its process, whatever ends that: there is no stale lock to break. The file stays, because
 * removing it would let two processes hold locks on different files of the same name.
 * @throws what `busy` makes when it is not free in time; Ep23Error NOT_WRITABLE (77), DISK_FULL (75) and the like
 */
export async function withFileLock<T>(options: FileLockOptions, work: () => Promise<T>): Promise<T> {
  const {DatabaseSync: Database} = await import('node:sqlite')
  await makeFile(options.path)
  const lock = new Database(options.path, {timeout: 0})
  try {
    await acquire(lock, options)
    return await work()
  } finally {
    lock.close()
  }
}

/** SQLite says only that it cannot open a file; the system says why. */
async function makeFile(path: string): Promise<void> {
  try {
    const file = await open(path, 'a')
    await file.close()
  } catch (error) {
    throw explainWriteError(path, error)
  }
}

async function acquire(lock: DatabaseSync, {waitSeconds = 0, signal, busy}: FileLockOptions): Promise<void> {
  const deadline = performance.now() + waitSeconds * 1000
  while (!takes(lock)) {
    signal?.throwIfAborted()
    if (performance.now() >= deadline) throw busy()
    await delay(POLL_MS)
  }
}

/** Whether this process has it now. */
function takes(lock: DatabaseSync): boolean {
  try {
    // The journal would be a file beside the lock, for which a full disk has no room.
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
    return true
  } catch (error) {
    // Any other failure is no question of waiting.
    if ((error as {errcode?: number}).errcode === SQLITE_BUSY) return false
    throw error
  }
}
