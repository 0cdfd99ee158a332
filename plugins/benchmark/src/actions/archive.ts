import {readSigningKey} from '@ep23/plugin-exporters'
import {keepMemoryFlat} from '@ep23/sdk'

import {outputFile} from '../adapters/output-file.js'
import {type ArchiveData, packRun} from '../adapters/run-archive.js'
import {reportAssets} from '../adapters/view-assets.js'
import type {StoredRun} from '../domain/run-folder.js'
import {renderRunPage} from '../usecases/report/render-report.js'

/** Archived reports are always written this way, from the run alone, so that they can be written again and compared. */
const REPORT = {language: 'ru', details: 500} as const

export async function archivedReport(stored: StoredRun): Promise<AsyncIterable<string>> {
  return renderRunPage(stored, {...REPORT, assets: await reportAssets()})
}

/** Packs a run with its report. @param keyPath of the private key that signs it */
export async function archiveRun(found: StoredRun, output: string, keyPath?: string): Promise<ArchiveData> {
  keepMemoryFlat()
  const key = keyPath === undefined ? undefined : await readSigningKey(keyPath)
  return packRun(found, {path: await outputFile(output, '--output'), report: await archivedReport(found), key})
}
