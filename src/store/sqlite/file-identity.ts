import {statSync} from 'node:fs'

import {EXIT, type Ep23Error} from '@ep23/sdk'

import {storeError} from '../store-errors.js'

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
    return storeError(path, `was ${now === undefined ? 'deleted' : 'replaced'} while it was in use`, {
      code: 'STORE_GONE',
      exit: EXIT.tryAgain,
      suggestions: ['run the same command again: what it wrote since then is lost', 'find out what removes the file'],
    })
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
