import type {KeyObject} from 'node:crypto'
import {copyFile, mkdtemp, readdir, rm, stat} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {basename, dirname, join} from 'node:path'
import {constants, gunzipSync} from 'node:zlib'

import {
  hashFile,
  keyId,
  openArchive,
  type OpenArchive,
  packArchive,
  signStatement,
  type Statement,
  STATEMENT_TYPE,
} from '@ep23/plugin-exporters'
import {hasCode, systemError, usageError, writeFileAtomically} from '@ep23/sdk'

import {
  ARCHIVE_FORMAT,
  ARCHIVE_MANIFEST,
  ARCHIVE_PREDICATE,
  ARCHIVE_SIGNATURE,
  type ArchiveManifest,
  ARCHIVED_REPORT,
  isArchivedName,
  type FileFacts,
  RUN_FILES,
  type StoredRun,
} from '../domain/run-folder.js'
import {message} from '../words/words.js'

export interface ArchiveData {
  path: string
  bytes: number
  sha256: string
  run_id: string
  /** Whose signature it carries; null without. */
  key_id: string | null
  files: FileFacts[]
}

/** Whatever goes into an archive beside the run's own files. */
interface ArchiveParts {
  /** The file to write. */
  path: string
  report: AsyncIterable<string>
  /** Of this ep23, which wrote the report. */
  version: string
  /** Signs the archive. */
  key: KeyObject | undefined
}

/** Packs a run with everything that its numbers come from: its files, the report, a hash of each, and the signature. */
export async function packRun(found: StoredRun, {path, report, version, key}: ArchiveParts): Promise<ArchiveData> {
  const staging = await mkdtemp(join(tmpdir(), 'ep23-archive-'))
  try {
    const names = await stage(found, report, staging)
    const files = (await Promise.all(names.map(name => fileFacts(staging, name)))).filter(facts => facts !== undefined)
    const {run_id, fingerprint} = found.run
    const manifest: ArchiveManifest = {
      archive_version: ARCHIVE_FORMAT,
      run_id,
      fingerprint,
      ep23_version: version,
      files,
    }
    await writeFileAtomically(join(staging, ARCHIVE_MANIFEST), `${JSON.stringify(manifest, undefined, 2)}\n`)
    if (key) await writeSignature(staging, found, key)
    const signature = key ? [ARCHIVE_SIGNATURE] : []
    const bytes = await writeFileAtomically(path, packArchive(staging, [ARCHIVE_MANIFEST, ...signature, ...names]))
    const facts = await fileFacts(dirname(path), basename(path))
    return {path, bytes, sha256: facts?.sha256 ?? '', run_id, key_id: key ? keyId(key) : null, files}
  } finally {
    await rm(staging, {recursive: true, force: true})
  }
}

/** Whether a file begins as an archive of a run: with its manifest. */
export function isRunArchive(beginning: Buffer): boolean {
  try {
    const header = gunzipSync(beginning.subarray(0, 4096), {finishFlush: constants.Z_SYNC_FLUSH})
    return header.toString('latin1', 0, ARCHIVE_MANIFEST.length + 1) === `${ARCHIVE_MANIFEST}\0`
  } catch {
    return false
  }
}

/** The signature covers `archive.json`, which holds the hash of every other file. */
async function writeSignature(folder: string, {run}: StoredRun, key: KeyObject): Promise<void> {
  const manifest = await fileFacts(folder, ARCHIVE_MANIFEST)
  const {run_id, fingerprint, ep23_version, finished_at, assessment} = run
  const statement: Statement = {
    _type: STATEMENT_TYPE,
    subject: [{name: ARCHIVE_MANIFEST, digest: {sha256: manifest?.sha256 ?? ''}}],
    predicateType: ARCHIVE_PREDICATE,
    predicate: {run_id, fingerprint, ep23_version, finished_at, verdict: assessment.verdict},
  }
  await writeFileAtomically(join(folder, ARCHIVE_SIGNATURE), signStatement(statement, key, keyId(key)))
}

async function stage(found: StoredRun, report: AsyncIterable<string>, folder: string): Promise<string[]> {
  const kept = [RUN_FILES.result, ...found.run.files.map(({name}) => name)].toSorted()
  for (const name of kept) await copyKept(found.folder, name, folder)
  await writeFileAtomically(join(folder, ARCHIVED_REPORT), report)
  return [...kept, ARCHIVED_REPORT]
}

async function copyKept(from: string, name: string, to: string): Promise<void> {
  await copyFile(join(from, name), join(to, name)).catch((error: unknown) => {
    throw systemError(error, join(from, name)) ?? error
  })
}

/**
 * A run's folder as it is, or an unpacked copy of an archive.
 * @throws Ep23Error USAGE (64) when there is nothing, BENCHMARK_BAD_ARCHIVE (65) for what cannot be unpacked, DISK_FULL (75)
 */
export async function openRunArchive(path: string): Promise<OpenArchive> {
  const found = await stat(path).catch(() => undefined)
  if (!found) throw usageError(message('nothingAt', {path}))
  if (found.isDirectory()) return {folder: path, names: await readdir(path), close: async () => undefined}
  return openArchive(path, {accepts: isArchivedName, code: 'BENCHMARK_BAD_ARCHIVE'})
}

/** Size and hash of a file of a folder; undefined when it is missing. */
export async function fileFacts(folder: string, name: string): Promise<FileFacts | undefined> {
  try {
    return {...(await hashFile(join(folder, name))), name}
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined
    throw error
  }
}
