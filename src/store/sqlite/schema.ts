import type {DatabaseSync} from 'node:sqlite'

import {EXIT} from '@ep23/sdk'

import {checkStoredFormat, FORMAT} from '../format.js'
import {storeError} from '../store-errors.js'
import {retryWhileBusy, writeTransaction, type Patience} from './connection.js'
import {message} from '../../words/words.js'

/** "EP23", so that `file` and we can tell our files from those of other programs. */
const APPLICATION_ID = 0x45_50_32_33
/** Beyond this many a collection's array paths are data, not shape, and are no longer told apart. */
const MAX_ARRAY_PATHS = 1000

// Names of our own tables start with an underscore, which names of collections cannot.
const CATALOG = `
  CREATE TABLE _collections (name TEXT PRIMARY KEY NOT NULL, key_field TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE _array_paths (collection TEXT NOT NULL, path TEXT NOT NULL, PRIMARY KEY (collection, path)) STRICT, WITHOUT ROWID;
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${FORMAT};
`

/**
 * Makes a new file a store, or checks that it is one.
 * @throws Ep23Error STORE_FOREIGN (65) for the database of another program or of a newer ep23
 */
export async function prepareSchema(database: DatabaseSync, path: string, patience: Patience): Promise<void> {
  if (checkFormat(database, path) === 'new') {
    await retryWhileBusy(patience, () => database.exec('PRAGMA journal_mode = WAL'))
    await writeTransaction(database, patience, () => {
      // Another process may have been faster.
      if (checkFormat(database, path) === 'new') database.exec(CATALOG)
    })
  }
  // A crash of the machine may cost the last batches, never the file; a crash of the process costs nothing.
  database.exec('PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16000')
}

/** The same check for a store that is only read; an empty file is a store without documents. */
export function checkSchema(database: DatabaseSync, path: string): void {
  checkFormat(database, path)
}

function checkFormat(database: DatabaseSync, path: string): 'new' | 'ours' {
  const application = pragma(database, 'application_id')
  if (application === APPLICATION_ID) {
    checkStoredFormat(path, pragma(database, 'user_version'))
    return 'ours'
  }
  const tables = database.prepare('SELECT count(*) AS count FROM sqlite_schema').get()?.['count']
  if (application === 0 && tables === 0) return 'new'
  // Another process may have made it between the two questions.
  if (application === 0 && pragma(database, 'application_id') === APPLICATION_ID) return checkFormat(database, path)
  throw storeError(path, message('otherProgram'), {
    code: 'STORE_FOREIGN',
    exit: EXIT.badData,
    suggestions: [message('otherStoreFile')],
  })
}

function pragma(database: DatabaseSync, name: string): number {
  return Number(database.prepare(`PRAGMA ${name}`).get()?.[name])
}

export function hasTable(database: DatabaseSync, name: string): boolean {
  return database.prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?`).get(name) !== undefined
}

export function createTable(database: DatabaseSync, name: string): void {
  database.exec(`CREATE TABLE IF NOT EXISTS "${name}" (key TEXT PRIMARY KEY NOT NULL, doc TEXT NOT NULL) STRICT`)
}

export function readKeyField(database: DatabaseSync, collection: string): string | undefined {
  const row = database.prepare('SELECT key_field FROM _collections WHERE name = ?').get(collection)
  return row?.['key_field'] as string | undefined
}

export function writeKeyField(database: DatabaseSync, collection: string, keyField: string): void {
  database.prepare('INSERT INTO _collections VALUES (?, ?)').run(collection, keyField)
}

export function readArrayPaths(database: DatabaseSync, collection: string): string[] {
  const rows = database.prepare('SELECT path FROM _array_paths WHERE collection = ?').all(collection)
  return rows.map(row => row['path'] as string)
}

/** Notes where documents hold arrays, in the transaction that writes them: queries rely on it. */
export function writeArrayPaths(database: DatabaseSync, collection: string, paths: ReadonlySet<string>): void {
  const known = new Set(readArrayPaths(database, collection))
  const fresh = known.has('') ? [] : [...paths].filter(path => !known.has(path))
  const insert = database.prepare('INSERT INTO _array_paths VALUES (?, ?)')
  for (const path of known.size + fresh.length > MAX_ARRAY_PATHS ? [''] : fresh) insert.run(collection, path)
}
