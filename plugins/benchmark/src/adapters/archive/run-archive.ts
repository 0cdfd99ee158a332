import {createHash} from 'node:crypto'
import {createReadStream} from 'node:fs'
import {mkdtemp, readdir, readFile, rm, stat} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {badDataError, hasCode, usageError, writeFileAtomically} from '@ep23/sdk'
import {create, extract} from 'tar'

import {isArchivedName} from '../../domain/archive-manifest.js'
import type {FileFacts} from '../../domain/run-folder.js'

/** Packs files of a folder into a `.tar.gz` whose bytes depend on names and contents alone. */
export async function packArchive(folder: string, names: readonly string[], path: string): Promise<number> {
  const options = {cwd: folder, gzip: true, portable: true, mtime: new Date(0), onWriteEntry: withFixedMode}
  return writeFileAtomically(path, create(options, [...names]))
}

export interface OpenArchive {
  folder: string
  names: readonly string[]
  close: () => Promise<void>
}

/**
 * A run's folder as it is, or an unpacked copy of an archive.
 * @throws Ep23Error USAGE (64) when there is nothing, BENCHMARK_BAD_ARCHIVE (65) for what cannot be unpacked
 */
export async function openArchive(path: string): Promise<OpenArchive> {
  const found = await stat(path).catch(() => undefined)
  if (!found) throw usageError(`there is nothing at ${path}`)
  if (found.isDirectory()) return {folder: path, names: await readdir(path), close: async () => undefined}
  const folder = await mkdtemp(join(tmpdir(), 'ep23-archive-'))
  const close = (): Promise<void> => rm(folder, {recursive: true, force: true})
  try {
    await extract({file: path, cwd: folder, strict: true, preserveOwner: false, filter: isPlainFile})
    return {folder, names: await readdir(folder), close}
  } catch (error) {
    await close()
    throw badDataError('BENCHMARK_BAD_ARCHIVE', `${path} cannot be unpacked: ${(error as Error).message}`, [
      'the file is damaged: get it again from where it came',
    ])
  }
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

function isPlainFile(name: string, entry: object): boolean {
  return isArchivedName(name.replace(/^\.\//u, '')) && 'type' in entry && entry.type === 'File'
}

function withFixedMode({stat: found}: {stat?: {mode: number} | undefined}): void {
  if (found) found.mode = 0o100_644
}
