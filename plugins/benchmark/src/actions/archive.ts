import type {KeyObject} from 'node:crypto'
import {mkdtemp, copyFile, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {resolve, join} from 'node:path'

import {keyId, packArchive, readSigningKey, signStatement, type Statement, STATEMENT_TYPE} from '@ep23/plugin-exporters'
import {systemError, writeFileAtomically} from '@ep23/sdk'

import {outputFile} from '../adapters/output-file.js'
import {reportAssets} from '../adapters/report/report-assets.js'
import {fileFacts} from '../adapters/runs/run-archive.js'
import type {RunFolder} from '../adapters/runs/run-folder.js'
import {
  ARCHIVE_FORMAT,
  ARCHIVE_MANIFEST,
  ARCHIVE_PREDICATE,
  ARCHIVE_SIGNATURE,
  type ArchiveManifest,
  ARCHIVED_REPORT,
} from '../domain/archive-manifest.js'
import {RUN_FILES, type FileFacts} from '../domain/run-folder.js'
import {renderReport, type ReportSource} from '../usecases/report/render-report.js'

export interface ArchiveData {
  path: string
  bytes: number
  sha256: string
  run_id: string
  /** Whose signature it carries; null without. */
  key_id: string | null
  files: FileFacts[]
}

/** Archived reports are always written this way, so that they can be written again and compared. */
const REPORT = {language: 'ru', details: 500} as const

export async function archivedReport(source: ReportSource): Promise<AsyncIterable<string>> {
  return renderReport(source, {...REPORT, assets: await reportAssets()})
}

/** Packs a run with everything that its numbers come from. */
export async function archiveRun(found: RunFolder, output: string, keyPath?: string): Promise<ArchiveData> {
  const key = keyPath === undefined ? undefined : await readSigningKey(keyPath)
  const path = await outputFile(output, '--output')
  const staging = await mkdtemp(join(tmpdir(), 'ep23-archive-'))
  try {
    const names = await stage(found, staging)
    const files = (await Promise.all(names.map(name => fileFacts(staging, name)))).filter(facts => facts !== undefined)
    const {run_id, fingerprint} = found.run
    const manifest: ArchiveManifest = {archive_version: ARCHIVE_FORMAT, run_id, fingerprint, files}
    await writeFileAtomically(join(staging, ARCHIVE_MANIFEST), `${JSON.stringify(manifest, undefined, 2)}\n`)
    if (key) await writeSignature(staging, found, key)
    const signature = key ? [ARCHIVE_SIGNATURE] : []
    const packed = packArchive(staging, [ARCHIVE_MANIFEST, ...signature, ...names])
    const bytes = await writeFileAtomically(path, packed)
    const facts = await fileFacts(resolve(path, '..'), path.slice(resolve(path, '..').length + 1))
    return {path, bytes, sha256: facts?.sha256 ?? '', run_id, key_id: key ? keyId(key) : null, files}
  } finally {
    await rm(staging, {recursive: true, force: true})
  }
}

/** The signature covers `archive.json`, which holds the hash of every other file. */
async function writeSignature(folder: string, {run}: RunFolder, key: KeyObject): Promise<void> {
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

async function stage(found: RunFolder, folder: string): Promise<string[]> {
  const kept = [RUN_FILES.result, ...found.run.files.map(({name}) => name)].toSorted()
  for (const name of kept) await copyKept(found.folder, name, folder)
  await writeFileAtomically(join(folder, ARCHIVED_REPORT), await archivedReport(found))
  return [...kept, ARCHIVED_REPORT]
}

async function copyKept(from: string, name: string, to: string): Promise<void> {
  await copyFile(join(from, name), join(to, name)).catch((error: unknown) => {
    throw systemError(error, join(from, name)) ?? error
  })
}
