import {randomBytes} from 'node:crypto'
import {mkdir, open, readdir, rename, rm, stat, type FileHandle} from 'node:fs/promises'
import {basename, dirname, join} from 'node:path'

import {Ep23Error} from './command/errors.js'
import {EXIT} from './command/exit-codes.js'
import {systemError} from './command/system-errors.js'
import {words} from './words/words.js'

export type FileContent = string | Uint8Array | Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>

export interface AtomicFileOptions {
  /** Permission bits, e.g. 0o600 for a key. */
  mode?: number
}

/**
 * Writes a file that appears whole or not at all: a temporary name in the same folder, synced, renamed; the folder is
 * made when missing and synced too, so that the name survives a power cut.
 * @returns the number of bytes written
 * @throws Ep23Error DISK_FULL (75), NOT_WRITABLE (77) or the cause's own error; the old file then stands untouched
 */
export async function writeFileAtomically(
  path: string,
  content: FileContent,
  options: AtomicFileOptions = {},
): Promise<number> {
  const folder = dirname(path)
  const temporary = temporaryName(path)
  try {
    await mkdir(folder, {recursive: true})
    await removeAbandoned(folder)
    const bytes = await writeSynced(temporary, content, options)
    await rename(temporary, path)
    await syncFolder(folder)
    return bytes
  } catch (error) {
    await rm(temporary, {force: true}).catch(() => undefined)
    throw explainWriteError(path, error)
  }
}

/** Where a file is written until it is whole: beside its place, so that a rename puts it there. */
export function temporaryName(path: string): string {
  return join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`)
}

const TEMPORARY = /^\..+\.[0-9a-f]{12}\.tmp$/u
const ABANDONED_MS = 86_400_000

/** Removes what killed runs left in a folder; whatever still writes has touched its own within a day. */
export async function removeAbandoned(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  for (const name of names.filter(name => TEMPORARY.test(name))) {
    const found = await stat(join(folder, name)).catch(() => undefined)
    if (found?.isFile() && Date.now() - found.mtimeMs > ABANDONED_MS)
      await rm(join(folder, name), {force: true}).catch(() => undefined)
  }
}

async function writeSynced(path: string, content: FileContent, {mode = 0o666}: AtomicFileOptions): Promise<number> {
  const file = await open(path, 'wx', mode)
  try {
    const bytes = await writeAll(file, content)
    await file.sync()
    return bytes
  } finally {
    await file.close()
  }
}

async function writeAll(file: FileHandle, content: FileContent): Promise<number> {
  const pieces = typeof content === 'string' || content instanceof Uint8Array ? [content] : content
  let bytes = 0
  for await (const piece of pieces) {
    const data = typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece
    await file.writeFile(data)
    bytes += data.byteLength
  }
  return bytes
}

/** Makes the names of a folder's files last; some systems cannot open a folder for syncing. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined)
  await handle?.sync().catch(() => undefined)
  await handle?.close()
}

/** Turns a file system error into one that says what to do; other errors pass unchanged. */
export function explainWriteError(path: string, error: unknown): unknown {
  const {code, syscall} = error as NodeJS.ErrnoException
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new Ep23Error(words.message('diskFullAt', {path}), {
      code: 'DISK_FULL',
      exit: EXIT.tryAgain,
      suggestions: [words.message('makeRoom')],
      cause: error,
    })
  // Making folders on a read-only file system fails with ENOENT in Node.
  const isReadOnly = code === 'ENOENT' && syscall === 'mkdir'
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || isReadOnly)
    return new Ep23Error(words.message('mayNotWrite', {path, code}), {
      code: 'NOT_WRITABLE',
      exit: EXIT.notPermitted,
      suggestions: [words.message('chooseFolder')],
      cause: error,
    })
  return systemError(error, path) ?? error
}
