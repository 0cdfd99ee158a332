import type {KeyObject} from 'node:crypto'
import {join} from 'node:path'

import type {RunIdentity} from '@ep23/sdk'

import {statementFor} from '../../domain/manifest/in-toto.js'
import {
  filesOf,
  MANIFEST_VERSION,
  type ExportFacts,
  type FileFacts,
  type Manifest,
} from '../../domain/manifest/manifest.js'
import {renderManifest} from '../../domain/manifest/manifest-text.js'
import type {FilePorts, RunPorts} from '../../domain/ports.js'
import {signStatement} from './sign-manifest.js'

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

export interface ManifestNames {
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
    const statement = statementFor(manifest, file, filesOf(manifest))
    await files.writeNew(join(folder, names.signature), signStatement(statement, signer.key, signer.keyId))
  }
  return manifest
}
