import {resolve} from 'node:path'
import {fileURLToPath} from 'node:url'

import {usageError} from '@ep23/sdk'
import {message} from '../words/words.js'

export interface MongoLocation {
  kind: 'mongo'
  url: string
  database: string
  /** For messages: no user name, no password, no options. */
  shown: string
}

export interface SqliteLocation {
  kind: 'sqlite'
  /** Absolute. */
  path: string
  shown: string
}

const DEFAULT_DATABASE = 'butler'

// An @, / or ? that is not percent-encoded makes it unclear what of the address is secret: such a one is refused.
const HOST = String.raw`(?:[\w.%-]+|\[[\da-f:.]+\])(?::\d{1,5})?`
const MONGO_URL = new RegExp(
  String.raw`^(?<scheme>mongodb(?:\+srv)?://)(?:[^@/?#]*@)?(?<hosts>${HOST}(?:,${HOST})*)(?:/(?<database>[^@/?#]*))?(?:\?[^@#]*)?$`,
  'iu',
)

/**
 * What `--store` means: a MongoDB URL, or else the path of a SQLite file.
 * @throws Ep23Error USAGE (64) for an empty location, an unreadable URL and another URL scheme
 */
export function parseStoreLocation(location: string): MongoLocation | SqliteLocation {
  if (/^mongodb(?:\+srv)?:\/\//u.test(location)) return mongoLocation(location)
  if (location.startsWith('file://')) return sqliteLocation(pathOf(location))
  const scheme = /^[a-z][a-z0-9+.-]+(?=:\/\/)/iu.exec(location)?.[0]
  if (scheme || location === '')
    throw usageError(scheme ? message('unknownScheme', {scheme}) : message('noLocation'), [message('useLocation')])
  return sqliteLocation(location)
}

function mongoLocation(url: string): MongoLocation {
  const {scheme, hosts, database} = MONGO_URL.exec(url)?.groups ?? {}
  if (!hosts) throw usageError(message('unreadableAddress'), [message('writeAddress'), message('encodeAddress')])
  const name = database || DEFAULT_DATABASE
  return {kind: 'mongo', url, database: name, shown: `${scheme}${hosts}/${name}`}
}

function sqliteLocation(path: string): SqliteLocation {
  const absolute = resolve(path)
  return {kind: 'sqlite', path: absolute, shown: absolute}
}

function pathOf(fileUrl: string): string {
  try {
    return fileURLToPath(fileUrl)
  } catch {
    throw usageError(message('unreadableFileUrl'), [message('writeFileUrl'), message('useLocation')])
  }
}
