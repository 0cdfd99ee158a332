import {mkdtemp, readdir, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {badDataError, explainWriteError} from '@ep23/sdk'

import type {FileTarget} from '../../domain/byte-target.js'
import {createHashedFile} from '../sinks/hashed-file.js'
import {readArchive} from './read-archive.js'

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
      `${path} cannot be unpacked: ${(error as Error).message}`,
      ['the file is damaged: get it again from where it came'],
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
        if (seen.has(event.name)) throw new Error(`it holds ${event.name} twice`)
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
