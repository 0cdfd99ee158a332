import {join} from 'node:path'

import {badDataError, errorMessage, type Message} from '@ep23/sdk'

import {ARCHIVE_TAR, ARCHIVE_TAR_HASH, isPlainName} from '../domain/file-names.js'
import {FindingList} from '../domain/finding.js'
import {manifestFiles, type FileFacts, type Manifest} from '../domain/manifest.js'
import {checkManifest, manifestsAmong, type CheckManifestDeps, type ManifestCheck} from './check-manifest.js'
import {message as say} from '../words/words.js'

interface CheckEvidenceDeps extends CheckManifestDeps {
  /** A folder to look into: the path itself, or what an archive was unpacked into. */
  openEvidence(path: string): Promise<{folder: string; names: readonly string[]; close(): Promise<void>}>
  /** Name, size and hash of each file in a `.tar.gz`. */
  listArchive(path: string): Promise<readonly FileFacts[]>
}

export interface EvidenceCheck {
  path: string
  manifests: ManifestCheck[]
  findings: FindingList
}

/**
 * Checks a folder of exports, or an evidence archive, offline and by itself: nothing but its files is needed.
 * @throws Ep23Error EXPORT_NO_MANIFEST (65) when there is nothing to check against
 */
export async function checkEvidence(deps: CheckEvidenceDeps, path: string): Promise<EvidenceCheck> {
  const evidence = await deps.openEvidence(path)
  try {
    const findings = new FindingList()
    const manifests: ManifestCheck[] = []
    for (const file of manifestsAmong(evidence.names)) {
      const check = await checkManifest(deps, evidence.folder, file)
      manifests.push(check)
      findings.addAll(check.findings)
    }
    if (manifests.length === 0) throw noManifest(path)
    if (evidence.names.includes(ARCHIVE_TAR)) await checkArchive(deps, evidence.folder, manifests, findings)
    return {path, manifests, findings}
  } finally {
    await evidence.close()
  }
}

async function checkArchive(
  deps: CheckEvidenceDeps,
  folder: string,
  manifests: readonly ManifestCheck[],
  findings: FindingList,
): Promise<void> {
  const add = (message: Message): void => findings.add({rule: 'archive', file: ARCHIVE_TAR, message})
  const found = await deps.files.hashFile(join(folder, ARCHIVE_TAR))
  const said = await deps.files.readText(join(folder, ARCHIVE_TAR_HASH)).catch(() => '')
  if (said !== archiveHashLine(found.sha256)) add(say('archiveHash', {sha256: found.sha256, file: ARCHIVE_TAR_HASH}))
  try {
    const packed = await deps.listArchive(join(folder, ARCHIVE_TAR))
    for (const message of await differences(deps, folder, packed, manifests)) add(message)
  } catch (error) {
    add(say('archiveUnpack', {problem: errorMessage(error)}))
  }
}

/** The line of `sha256sum` for the archive. */
export function archiveHashLine(sha256: string): string {
  return `${sha256}  ${ARCHIVE_TAR}\n`
}

async function differences(
  {files}: CheckEvidenceDeps,
  folder: string,
  packed: readonly FileFacts[],
  manifests: readonly ManifestCheck[],
): Promise<Message[]> {
  const archived = manifests.find(({file}) => packed.some(({name}) => name === file))
  const expected = archived?.manifest ? archivedNames(archived.file, archived.manifest) : []
  const missing = expected
    .filter(name => !packed.some(file => file.name === name))
    .map(name => say('doesNotContain', {name}))
  const changed: Message[] = []
  for (const {name, sha256} of packed) {
    if (!isPlainName(name)) continue
    const beside = await files.hashFile(join(folder, name)).catch(() => undefined)
    if (beside?.sha256 !== sha256) changed.push(say('containsOther', {name}))
  }
  return [...missing, ...changed]
}

/** What an archive holds: the manifest, its signature and every file it names. */
export function archivedNames(manifestFile: string, manifest: Manifest): string[] {
  const named = manifestFiles(manifest).map(({name}) => name)
  return [manifestFile, ...(manifest.signature === null ? [] : [manifest.signature]), ...named].sort()
}

function noManifest(path: string): Error {
  return badDataError('EXPORT_NO_MANIFEST', say('noManifestToCheck', {path}), [say('nameRunFolder')])
}
