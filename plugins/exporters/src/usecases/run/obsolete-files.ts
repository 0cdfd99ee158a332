import {join} from 'node:path'

import {isPartOf, isPlainName} from '../../domain/file-names.js'
import {filesOf, type Manifest} from '../../domain/manifest/manifest.js'
import {openManifest} from '../../domain/manifest/manifest-text.js'
import type {Parts} from '../../domain/parts.js'
import type {FilePorts} from '../../domain/ports.js'

/**
 * Files of the set in place that the new one does not have, such as the fourth part when there are only three now. Only a
 * list of ours is believed, and only names that it can have given: nothing is removed on hearsay.
 */
export async function obsoleteFiles(
  files: Reading,
  {ready, folder, manifest}: {ready: string; folder: string; manifest: string},
): Promise<string[]> {
  const namesIn = manifest.endsWith('.parts.json') ? readPartNames : readManifestNames
  const [old, fresh] = await Promise.all([
    namesIn(join(folder, manifest), files),
    namesIn(join(ready, manifest), files),
  ])
  const kept = new Set(fresh)
  return fresh.length > 0 ? old.filter(name => !kept.has(name) && isPlainName(name)) : []
}

type Reading = Pick<FilePorts, 'readText' | 'hashing'>

async function readManifestNames(path: string, files: Reading): Promise<string[]> {
  const manifest = await readIntactManifest(path, files)
  if (!manifest) return []
  const names = filesOf(manifest).map(({name}) => name)
  return manifest.signature === null ? names : [...names, manifest.signature]
}

async function readPartNames(path: string, files: Reading): Promise<string[]> {
  try {
    const {file, parts} = JSON.parse(await files.readText(path)) as Parts
    return parts.map(({name}) => name).filter(name => isPartOf(name, file.name))
  } catch {
    return []
  }
}

/** The manifest at a path, if one of ours stands there untouched. */
export async function readIntactManifest(path: string, files: Reading): Promise<Manifest | undefined> {
  try {
    const {manifest, intact} = openManifest(await files.readText(path), text => files.hashing.sha256(text))
    return intact ? manifest : undefined
  } catch {
    return undefined
  }
}
