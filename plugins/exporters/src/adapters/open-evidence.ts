import {mkdtemp, readdir, rm, stat} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join, basename, dirname} from 'node:path'

import {badDataError, explainWriteError, usageError, errorMessage} from '@ep23/sdk'

import {isPlainName, isVoucher} from '../domain/file-names.js'
import type {FileTarget} from '../domain/ports.js'
import {readArchive} from './archive.js'
import {createHashedFile} from './byte-targets.js'
import {finishPublications, type FindObsolete} from './staging.js'
import {message} from '../words/words.js'

export interface OpenArchive {
  folder: string
  names: readonly string[]
  close: () => Promise<void>
}

/**
 * An unpacked copy of an archive's plain files, in the system's folder for temporary files; `close` removes it.
 * @param accepts says which names are files of such an archive; others are left out
 * @param code of the error for an archive that is damaged
 * @throws Ep23Error with that code or ARCHIVE_TOO_LARGE (65), DISK_FULL (75), NOT_WRITABLE (77)
 */
export async function openArchive(
  path: string,
  {accepts, code}: {accepts: (name: string) => boolean; code: string},
): Promise<OpenArchive> {
  const folder = await makeFolder()
  const close = (): Promise<void> => rm(folder, {recursive: true, force: true})
  try {
    await unpackArchive(path, folder, accepts)
    return {folder, names: await readdir(folder), close}
  } catch (error) {
    await close()
    if (typeof (error as {exit?: unknown}).exit === 'number') throw error
    throw badDataError(
      code,
      message('cannotUnpack', {path, problem: errorMessage(error)}),
      [message('fileDamaged')],
      error,
    )
  }
}

/** @throws Ep23Error for what the disk refuses; the reader's own error for a damaged archive */
export async function unpackArchive(path: string, folder: string, accepts: (name: string) => boolean): Promise<void> {
  const seen = new Set<string>()
  let file: FileTarget | undefined
  try {
    for await (const event of readArchive(path)) {
      if (event.kind === 'begin') {
        if (!accepts(event.name)) continue
        if (seen.has(event.name)) throw new Error(`it contains ${event.name} twice`)
        seen.add(event.name)
        file = await createHashedFile(join(folder, event.name))
      } else if (event.kind === 'data') await file?.write(event.chunk)
      else {
        await file?.end()
        file = undefined
      }
    }
  } finally {
    await file?.abandon()
  }
}

async function makeFolder(): Promise<string> {
  try {
    return await mkdtemp(join(tmpdir(), 'ep23-archive-'))
  } catch (error) {
    throw explainWriteError(tmpdir(), error)
  }
}

/**
 * Looks into a folder of exports, the folder of a manifest, or an unpacked copy of an archive.
 * @throws Ep23Error USAGE (64) for what is none of these, EXPORT_BAD_ARCHIVE (65) for an archive that cannot be unpacked
 */
export async function openEvidence(path: string, obsolete: FindObsolete): Promise<OpenArchive> {
  const found = await stat(path).catch(() => undefined)
  if (!found) throw usageError(message('nothingThere', {path}))
  if (found.isDirectory()) return openFolder(path, obsolete)
  if (isVoucher(basename(path))) return openFolder(dirname(path), obsolete)
  if (!/\.(?:tgz|tar\.gz)$/u.test(path))
    throw usageError(message('neitherFolderNorArchive', {path}), [message('nameManifestFolder')])
  return openArchive(path, {accepts: isPlainName, code: 'EXPORT_BAD_ARCHIVE'})
}

async function openFolder(folder: string, obsolete: FindObsolete): Promise<OpenArchive> {
  await finishPublications(folder, obsolete)
  return {folder, names: await readdir(folder), close: async () => undefined}
}

/** The list of parts at a path: the file itself, or the only one in a folder. @throws Ep23Error USAGE (64) when there are several */
export async function findList(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined)
  if (!found?.isDirectory()) return path
  const [only, ...others] = (await readdir(path)).filter(isVoucher)
  if (only !== undefined && others.length === 0) return join(path, only)
  const why =
    only === undefined ? message('noListOfParts') : message('severalLists', {lists: [only, ...others].join(', ')})
  throw usageError(message('containsWhy', {path, why}), [message('namePartsList')])
}
