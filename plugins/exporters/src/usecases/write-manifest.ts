import type {KeyObject} from 'node:crypto'
import {join} from 'node:path'

import type {RunIdentity} from '@ep23/sdk'

import {isPartOf, isPlainName} from '../domain/file-names.js'
import {
  manifestFiles,
  MANIFEST_VERSION,
  renderManifest,
  openManifest,
  type ExportFacts,
  type FileFacts,
  type Manifest,
  type Parts,
} from '../domain/manifest.js'
import type {FilePorts, RunPorts} from '../domain/ports.js'
import {statementFor, signStatement} from './sign-manifest.js'

export interface Signer {
  key: KeyObject
  keyId: string
}

export interface ManifestDeps extends Pick<RunPorts, 'clock'> {
  files: FilePorts
  run: RunIdentity
  version: string
  signer?: Signer | undefined
}

interface ManifestNames {
  manifest: string
  signature: string
}

/** Writes the manifest of a folder's exports, and its signature when there is a signer. */
export async function writeManifest(
  {files, run, version, clock, signer}: ManifestDeps,
  folder: string,
  names: ManifestNames,
  content: {exports: readonly ExportFacts[]; reports: readonly FileFacts[]},
): Promise<Manifest> {
  const manifest: Manifest = {
    manifest_version: MANIFEST_VERSION,
    ep23_version: version,
    command: run.command,
    run_id: run.run_id,
    trace_id: run.trace_id,
    started_at: run.started_at.toISOString(),
    finished_at: clock.now().toISOString(),
    ...content,
    signature: signer ? names.signature : null,
  }
  const text = renderManifest(manifest, data => files.hashing.sha256(data))
  const file = await files.writeNew(join(folder, names.manifest), text)
  if (signer) {
    const statement = statementFor(manifest, file, manifestFiles(manifest))
    await files.writeNew(join(folder, names.signature), signStatement(statement, signer.key, signer.keyId))
  }
  return manifest
}

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
  const names = manifestFiles(manifest).map(({name}) => name)
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
