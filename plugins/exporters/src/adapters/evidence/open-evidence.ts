import {readdir, stat} from 'node:fs/promises'
import {basename, dirname} from 'node:path'

import {usageError} from '@ep23/sdk'

import {isPlainName, isVoucher} from '../../domain/file-names.js'
import {openArchive, type OpenArchive} from '../archive/open-archive.js'
import {finishPublications, type FindObsolete} from '../staging.js'

/**
 * Looks into a folder of exports, the folder of a manifest, or an unpacked copy of an archive.
 * @throws Ep23Error USAGE (64) for what is none of these, EXPORT_BAD_ARCHIVE (65) for an archive that cannot be unpacked
 */
export async function openEvidence(path: string, obsolete: FindObsolete): Promise<OpenArchive> {
  const found = await stat(path).catch(() => undefined)
  if (!found) throw usageError(`there is nothing at ${path}`)
  if (found.isDirectory()) return openFolder(path, obsolete)
  if (isVoucher(basename(path))) return openFolder(dirname(path), obsolete)
  if (!/\.(?:tgz|tar\.gz)$/u.test(path))
    throw usageError(`${path} is neither a folder nor a .tar.gz`, ['name the folder that holds the manifest'])
  return openArchive(path, {accepts: isPlainName, code: 'EXPORT_BAD_ARCHIVE'})
}

async function openFolder(folder: string, obsolete: FindObsolete): Promise<OpenArchive> {
  await finishPublications(folder, obsolete)
  return {folder, names: await readdir(folder), close: async () => undefined}
}
