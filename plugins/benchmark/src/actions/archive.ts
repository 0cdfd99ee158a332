import {readSigningKey} from '@ep23/plugin-exporters'
import {keepMemoryFlat} from '@ep23/sdk'

import {outputFile} from '../adapters/output-file.js'
import {type ArchiveData, isRunArchive, packRun} from '../adapters/run-archive.js'
import {reportAssets} from '../adapters/view-assets.js'
import type {StoredRun} from '../domain/run-folder.js'
import {renderRunPage} from '../usecases/report/render-report.js'

/** Archived reports are always written this way, from the run alone, so that they can be written again and compared. */
const REPORT = {language: 'ru', details: 500} as const

export async function archivedReport(stored: StoredRun): Promise<AsyncIterable<string>> {
  return renderRunPage(stored, {...REPORT, assets: await reportAssets()})
}

interface ArchiveOptions {
  output: string
  /** Of this ep23. */
  version: string
  /** A file with the private key that signs it. */
  keyPath?: string | undefined
}

/** Packs a run with its report. */
export async function archiveRun(found: StoredRun, {output, version, keyPath}: ArchiveOptions): Promise<ArchiveData> {
  keepMemoryFlat()
  const key = keyPath === undefined ? undefined : await readSigningKey(keyPath)
  const path = await outputFile(output, '--output', isRunArchive)
  return packRun(found, {path, report: await archivedReport(found), version, key})
}
