import {join} from 'node:path'

import {isPlainName} from '../domain/file-names.js'
import {filesOf, type Manifest} from '../domain/manifest.js'
import {openManifest} from '../domain/manifest-text.js'
import type {FilePorts} from '../domain/ports.js'

/**
 * Files of the export in place that the new one does not have, such as the fourth part when there are only three now. Only
 * an intact manifest of ours is believed: nothing is removed on hearsay.
 */
export async function obsoleteFiles(
  files: Pick<FilePorts, 'readText' | 'hashing'>,
  {ready, folder, manifest}: {ready: string; folder: string; manifest: string},
): Promise<string[]> {
  const [old, fresh] = await Promise.all([
    readIntactManifest(join(folder, manifest), files),
    readIntactManifest(join(ready, manifest), files),
  ])
  if (!old || !fresh) return []
  const kept = new Set(allNames(fresh))
  return allNames(old).filter(name => !kept.has(name) && isPlainName(name))
}

/** The manifest at a path, if one of ours stands there untouched. */
export async function readIntactManifest(
  path: string,
  files: Pick<FilePorts, 'readText' | 'hashing'>,
): Promise<Manifest | undefined> {
  try {
    const {manifest, intact} = openManifest(await files.readText(path), text => files.hashing.sha256Hex(text))
    return intact ? manifest : undefined
  } catch {
    return undefined
  }
}

function allNames(manifest: Manifest): string[] {
  const names = filesOf(manifest).map(({name}) => name)
  return manifest.signature === null ? names : [...names, manifest.signature]
}
