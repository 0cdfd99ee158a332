import {accessSync, constants, existsSync, statfsSync} from 'node:fs'
import {dirname} from 'node:path'

import {Ep23Error, EXIT, type ErrorDetails, errorMessage, type Message} from '@ep23/sdk'

import {closedStoreError, duplicateError, storeError} from '../store-errors.js'
import {message} from '../../words/words.js'

// https://www.sqlite.org/rescode.html; the low byte of an extended code is its primary code.
const CODE = {
  perm: 3,
  busy: 5,
  locked: 6,
  readonly: 8,
  ioerr: 10,
  corrupt: 11,
  full: 13,
  cantopen: 14,
  toobig: 18,
  constraint: 19,
  auth: 23,
  notadb: 26,
} as const

const PROBLEMS: Readonly<Record<number, Omit<ErrorDetails, 'cause'> & {problem: Message}>> = {
  [CODE.busy]: locked(),
  [CODE.locked]: locked(),
  [CODE.perm]: notWritable(),
  [CODE.readonly]: notWritable(),
  [CODE.auth]: notWritable(),
  [CODE.full]: {
    problem: message('diskFull'),
    code: 'DISK_FULL',
    exit: EXIT.tryAgain,
    suggestions: [message('makeRoomAgain')],
  },
  [CODE.corrupt]: {
    problem: message('isDamaged'),
    code: 'STORE_CORRUPT',
    exit: EXIT.badData,
    suggestions: [message('restoreStore')],
  },
  [CODE.notadb]: {
    problem: message('notSqlite'),
    code: 'STORE_CORRUPT',
    exit: EXIT.badData,
    suggestions: [message('otherFileOrMove')],
  },
  [CODE.toobig]: {
    problem: message('documentTooLarge'),
    code: 'STORE_VALUE_REFUSED',
    exit: EXIT.badData,
  },
}

/** Any error of node:sqlite as one that names the store and the next step; other errors pass unchanged. */
export function explainSqliteError(path: string, error: unknown): unknown {
  if (error instanceof Ep23Error) return error
  const {code} = error as NodeJS.ErrnoException
  if (code === 'ERR_INVALID_STATE') return closedStoreError(path, error)
  const primary = primaryCode(error)
  if (primary === undefined) return error
  if (primary === CODE.constraint) return duplicateError(path, (error as Error).message, error)
  const meant = primary === CODE.ioerr && isDiskFull(path) ? CODE.full : primary
  const {problem, ...details} = PROBLEMS[meant] ?? (mayWrite(path) ? unavailable(error) : notWritable())
  return storeError(path, problem, {...details, cause: error})
}

export function isBusy(error: unknown): boolean {
  const primary = primaryCode(error)
  return primary === CODE.busy || primary === CODE.locked
}

function primaryCode(error: unknown): number | undefined {
  const {code, errcode} = error as {code?: unknown; errcode?: number}
  return code === 'ERR_SQLITE_ERROR' && errcode !== undefined ? errcode & 0xff : undefined
}

/** What the file of the lock table takes beside a store; without room for it SQLite speaks of an I/O error, to readers too. */
const LOCK_TABLE_BYTES = 32_768

function isDiskFull(path: string): boolean {
  try {
    const {bavail, bsize} = statfsSync(dirname(path))
    return bavail * bsize < LOCK_TABLE_BYTES
  } catch {
    return false
  }
}

function locked(): Omit<ErrorDetails, 'cause'> & {problem: Message} {
  return {
    problem: message('isLocked'),
    code: 'STORE_LOCKED',
    exit: EXIT.tryAgain,
    suggestions: [message('waitForProcess')],
  }
}

function notWritable(): Omit<ErrorDetails, 'cause'> & {problem: Message} {
  return {
    problem: message('notWritable'),
    code: 'NOT_WRITABLE',
    exit: EXIT.notPermitted,
    suggestions: [message('writableFolder')],
  }
}

function unavailable(error: unknown): Omit<ErrorDetails, 'cause'> & {problem: Message} {
  return {
    problem: message('cannotBeUsed', {problem: errorMessage(error)}),
    code: 'STORE_UNAVAILABLE',
    exit: EXIT.unavailable,
    suggestions: [message('checkDiskOrStore')],
  }
}

function mayWrite(path: string): boolean {
  try {
    accessSync(existsSync(path) ? path : dirname(path), constants.R_OK | constants.W_OK)
    return true
  } catch {
    return false
  }
}
