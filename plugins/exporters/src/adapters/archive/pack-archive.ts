import {join} from 'node:path'

import type {FileFacts} from '../../domain/manifest/manifest.js'
import {createHashedFile} from '../sinks/hashed-file.js'

/** The bytes of a `.tar.gz` of files of one folder; they depend on names and contents alone. */
export async function* packArchive(folder: string, names: readonly string[]): AsyncGenerator<Buffer> {
  const {create} = await import('tar')
  const fixed = {cwd: folder, gzip: true, portable: true, mtime: new Date(0), onWriteEntry: withFixedMode}
  yield* create(fixed, [...names])
}

/** Packs files of a folder into a `.tar.gz` in the same folder. @throws Ep23Error DISK_FULL (75), NOT_WRITABLE (77) */
export async function packBeside(folder: string, names: readonly string[], archiveName: string): Promise<FileFacts> {
  const file = await createHashedFile(join(folder, archiveName))
  try {
    for await (const chunk of packArchive(folder, names)) await file.write(chunk)
    await file.end()
  } catch (error) {
    await file.abandon()
    throw error
  }
  return file.facts()
}

function withFixedMode({stat}: {stat?: {mode: number} | undefined}): void {
  if (stat) stat.mode = 0o100_644
}
