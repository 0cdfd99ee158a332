import {mkdtemp, readdir, rm, stat} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {basename, dirname, join} from 'node:path'

import {badDataError, usageError} from '@ep23/sdk'

import {isVoucher} from '../../domain/file-names.js'
import {unpackEvidence} from './evidence-archive.js'
import {finishPublications, type FindObsolete} from '../staging.js'

export interface OpenEvidence {
  folder: string
  names: readonly string[]
  close(): Promise<void>
}

/**
 * Looks into a folder of exports, the folder of a manifest, or an unpacked copy of an archive.
 * @throws Ep23Error USAGE (64) for what is none of these, EXPORT_BAD_ARCHIVE (65) for an archive that cannot be unpacked
 */
export async function openEvidence(path: string, obsolete: FindObsolete): Promise<OpenEvidence> {
  const found = await stat(path).catch(() => undefined)
  if (!found) throw usageError(`there is nothing at ${path}`)
  if (found.isDirectory()) return openFolder(path, obsolete)
  if (isVoucher(basename(path))) return openFolder(dirname(path), obsolete)
  if (!/\.(?:tgz|tar\.gz)$/u.test(path))
    throw usageError(`${path} is neither a folder nor a .tar.gz`, ['name the folder that holds the manifest'])
  return unpack(path)
}

async function openFolder(folder: string, obsolete: FindObsolete): Promise<OpenEvidence> {
  await finishPublications(folder, obsolete)
  return {folder, names: await readdir(folder), close: async () => undefined}
}

async function unpack(path: string): Promise<OpenEvidence> {
  const folder = await mkdtemp(join(tmpdir(), 'ep23-evidence-'))
  const close = (): Promise<void> => rm(folder, {recursive: true, force: true})
  try {
    await unpackEvidence(path, folder)
    return {folder, names: await readdir(folder), close}
  } catch (error) {
    await close()
    throw badDataError('EXPORT_BAD_ARCHIVE', `${path} cannot be unpacked: ${(error as Error).message}`, [
      'the file is damaged: get it again from where it came',
    ])
  }
}
