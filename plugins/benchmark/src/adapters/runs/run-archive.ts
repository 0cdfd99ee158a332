import {createHash} from 'node:crypto'
import {createReadStream} from 'node:fs'
import {readdir, readFile, stat} from 'node:fs/promises'
import {join} from 'node:path'

import {openArchive, type OpenArchive} from '@ep23/plugin-exporters'
import {hasCode, usageError} from '@ep23/sdk'

import {isArchivedName} from '../../domain/archive-manifest.js'
import type {FileFacts} from '../../domain/run-folder.js'

/**
 * A run's folder as it is, or an unpacked copy of an archive.
 * @throws Ep23Error USAGE (64) when there is nothing, BENCHMARK_BAD_ARCHIVE (65) for what cannot be unpacked, DISK_FULL (75)
 */
export async function openRunArchive(path: string): Promise<OpenArchive> {
  const found = await stat(path).catch(() => undefined)
  if (!found) throw usageError(`there is nothing at ${path}`)
  if (found.isDirectory()) return {folder: path, names: await readdir(path), close: async () => undefined}
  return openArchive(path, {accepts: isArchivedName, code: 'BENCHMARK_BAD_ARCHIVE'})
}

/** Size and hash of a file of a folder; undefined when it is missing. */
export async function fileFacts(folder: string, name: string): Promise<FileFacts | undefined> {
  const hash = createHash('sha256')
  let bytes = 0
  try {
    for await (const chunk of createReadStream(join(folder, name)) as AsyncIterable<Buffer>) {
      hash.update(chunk)
      bytes += chunk.byteLength
    }
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined
    throw error
  }
  return {name, bytes, sha256: hash.digest('hex')}
}

export async function textOf(folder: string, name: string): Promise<string | undefined> {
  return readFile(join(folder, name), 'utf8').catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return undefined
    throw error
  })
}
