import {join} from 'node:path'

import {create, extract, list, type ReadEntry} from 'tar'

import type {FileFacts} from '../../domain/manifest/manifest.js'
import {isPlainName} from '../../domain/file-names.js'
import {CompressedTarget} from '../sinks/compressed-target.js'
import {createHashedFile} from '../sinks/hashed-file.js'
import {growingSha256} from '../sha256.js'

/** Packs files of one folder into a `.tar.gz` whose bytes depend on names and contents alone. */
export async function packEvidence(folder: string, names: readonly string[], archiveName: string): Promise<FileFacts> {
  const file = await createHashedFile(join(folder, archiveName))
  const target = new CompressedTarget(file, 'gzip')
  try {
    const tar = create({cwd: folder, portable: true, mtime: new Date(0), onWriteEntry: withFixedMode}, [...names])
    for await (const chunk of tar) await target.write(chunk)
    await target.end()
  } catch (error) {
    await target.abandon()
    throw error
  }
  return file.facts()
}

/** Name, size and hash of every file in a `.tar.gz`. @throws Error of the decompressor or the reader for a damaged one */
export async function listEvidence(path: string): Promise<FileFacts[]> {
  const files: FileFacts[] = []
  await list({file: path, strict: true, onReadEntry: entry => collect(entry, files)})
  return files
}

/** Unpacks the plain files of a `.tar.gz` into a folder; anything else in it is left out. */
export async function unpackEvidence(path: string, folder: string): Promise<void> {
  await extract({
    file: path,
    cwd: folder,
    strict: true,
    preserveOwner: false,
    filter: (name, entry) => isPlainName(name) && 'type' in entry && entry.type === 'File',
  })
}

function withFixedMode({stat}: {stat?: {mode: number} | undefined}): void {
  if (stat) stat.mode = 0o100_644
}

function collect(entry: ReadEntry, files: FileFacts[]): void {
  const hash = growingSha256()
  let bytes = 0
  entry.on('data', chunk => {
    hash.update(chunk)
    bytes += chunk.byteLength
  })
  entry.on('end', () => files.push({name: entry.path, bytes, sha256: hash.hex()}))
}
