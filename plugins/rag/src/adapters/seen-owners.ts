import {createHash} from 'node:crypto'
import {readdir, readFile} from 'node:fs/promises'
import {join} from 'node:path'

import {badDataError, hasCode, writeFileAtomically, errorMessage} from '@ep23/sdk'

import type {SeenOwner} from '../domain/config-history.js'
import {message} from '../words/words.js'

const PRIVATE_MODE = 0o600

/**
 * The owners that this user has seen, one a configuration, kept in ep23's data folder: whoever can write a project's files, or its
 * environment, cannot write there.
 * @throws Ep23Error RAG_SEEN_OWNER_UNREADABLE (65) for a damaged file: it must not pass for one that is not there
 */
export async function readSeenOwners(dataDir: string): Promise<SeenOwner[]> {
  const folder = seenFolder(dataDir)
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw unreadable(folder, error)
  })
  const files = names.filter(name => name.endsWith('.json')).map(name => join(folder, name))
  return Promise.all(files.map(readSeenOwner))
}

/** Remembers an owner; a data folder that may not be written remembers nothing. */
export async function keepSeenOwner(dataDir: string, seen: SeenOwner): Promise<void> {
  const name = createHash('sha256').update(seen.config).digest('hex').slice(0, 32)
  const text = `${JSON.stringify(seen)}\n`
  try {
    await writeFileAtomically(join(seenFolder(dataDir), `${name}.json`), text, {mode: PRIVATE_MODE})
  } catch (error) {
    if (!hasCode(error, 'NOT_WRITABLE')) throw error
  }
}

function seenFolder(dataDir: string): string {
  return join(dataDir, 'rag-owners')
}

async function readSeenOwner(file: string): Promise<SeenOwner> {
  try {
    const seen = JSON.parse(await readFile(file, 'utf8')) as SeenOwner
    if (typeof seen.config === 'string' && typeof seen.owner === 'string' && Number.isInteger(seen.version)) return seen
    throw new Error('fields are missing')
  } catch (error) {
    throw unreadable(file, error)
  }
}

function unreadable(file: string, error: unknown): Error {
  return badDataError('RAG_SEEN_OWNER_UNREADABLE', message('seenUnreadable', {file, problem: errorMessage(error)}), [
    message('askFingerprint'),
  ])
}
