import {accessSync, constants, existsSync} from 'node:fs'
import {dirname} from 'node:path'

import {Ep23Error, EXIT, type ErrorDetails} from '@ep23/sdk'

import {closedStoreError, duplicateError, storeError} from '../store-errors.js'

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

const PROBLEMS: Readonly<Record<number, Omit<ErrorDetails, 'cause'> & {problem: string}>> = {
  [CODE.busy]: locked(),
  [CODE.locked]: locked(),
  [CODE.perm]: notWritable(),
  [CODE.readonly]: notWritable(),
  [CODE.auth]: notWritable(),
  [CODE.full]: {
    problem: 'could not be written: the disk is full; what was written before stands',
    code: 'DISK_FULL',
    exit: EXIT.tryAgain,
    suggestions: ['make room and run the same command again'],
  },
  [CODE.corrupt]: {
    problem: 'is damaged',
    code: 'STORE_CORRUPT',
    exit: EXIT.badData,
    suggestions: ['restore it from a copy, or move it away and run dataset:seed again'],
  },
  [CODE.notadb]: {
    problem: 'is a file, but no SQLite database',
    code: 'STORE_CORRUPT',
    exit: EXIT.badData,
    suggestions: ['choose another file with --store, or move this one away'],
  },
  [CODE.toobig]: {
    problem: 'cannot hold so large a document',
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
  const {problem, ...details} = PROBLEMS[primary] ?? (mayWrite(path) ? unavailable(error) : notWritable())
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

function locked(): Omit<ErrorDetails, 'cause'> & {problem: string} {
  return {
    problem: 'is locked by another process',
    code: 'STORE_LOCKED',
    exit: EXIT.tryAgain,
    suggestions: ['wait until the other process has ended and run the command again'],
  }
}

function notWritable(): Omit<ErrorDetails, 'cause'> & {problem: string} {
  return {
    problem: 'may not be written',
    code: 'NOT_WRITABLE',
    exit: EXIT.notPermitted,
    suggestions: ['choose a folder you can write to with --store'],
  }
}

function unavailable(error: unknown): Omit<ErrorDetails, 'cause'> & {problem: string} {
  return {
    problem: `cannot be used: ${(error as Error).message}`,
    code: 'STORE_UNAVAILABLE',
    exit: EXIT.unavailable,
    suggestions: ['check that the disk has room and is in order, or choose another file with --store'],
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
