import {readdir} from 'node:fs/promises'
import {basename, dirname} from 'node:path'

import {stemOf} from '../domain/file-names.js'
import {describeFinding} from '../domain/finding.js'
import type {Message} from '@ep23/sdk'

/** What stands behind a file of records. */
export interface FileProof {
  /** The manifest beside it that names it; null when none does. */
  manifest: string | null
  /** The first thing that differs from what the manifest says; null when nothing does. */
  problem: Message | null
}

/**
 * Looks for the manifest beside a file of records and computes everything again that it says of it, as `exporters:check` does.
 * @param path of the records, as `exporters:run` wrote them
 */
export async function proveFile(path: string): Promise<FileProof> {
  const [{checkManifest, manifestsAmong}, {filePorts, readSchema}] = await Promise.all([
    import('../usecases/check-manifest.js'),
    import('../adapters/file-ports.js'),
  ])
  const [folder, name] = [dirname(path), basename(path)]
  const deps = {files: filePorts, manifestSchema: await readSchema('manifest.schema.json')}
  for (const manifest of manifestsAmong(await readdir(folder))) {
    const text = await filePorts.readText(`${folder}/${manifest}`)
    // Whoever damages a manifest must not make its records unproven instead of wrong.
    if (!text.includes(JSON.stringify(name)) && !manifest.startsWith(`${stemOf(name)}.`)) continue
    const {findings} = await checkManifest(deps, folder, manifest)
    const [first] = findings.kept
    return {manifest, problem: first ? describeFinding(first) : null}
  }
  return {manifest: null, problem: null}
}
