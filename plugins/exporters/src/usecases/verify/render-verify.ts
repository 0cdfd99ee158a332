import {EXIT, type CommandResult} from '@ep23/sdk'

import {ARCHIVE_MANIFEST} from '../../domain/file-names.js'
import type {Finding} from '../../domain/finding.js'
import type {ExportFacts} from '../../domain/manifest/manifest.js'
import {describeLeftOut} from '../run/count-left-out.js'
import {findingsText} from '../check/render-check.js'
import {countOf, describeBytes, describeWindow, readablePath} from '../run/render-run.js'
import type {VerifyReport} from './verify-exports.js'
import type {ExporterVerdict} from './verify-steps.js'

/** The `data` of `exporters:verify --json`. */
export interface VerifyData {
  exporters: {
    exporter: string
    passed: boolean
    records: number
    records_valid: number
    merkle_root: string | null
    runs: NonNullable<ExportFacts['runs']>
    findings: number
  }[]
  findings: Finding[]
  findings_total: number
  archive: {folder: string; manifest: string; tar: string; tar_sha256: string; signature: string | null} | null
}

/** A verification as data, text and exit code. */
export function renderVerify({verdicts, findings, archive}: VerifyReport, cwd: string): CommandResult<VerifyData> {
  const data: VerifyData = {
    exporters: verdicts.map(exporterData),
    findings: findings.kept,
    findings_total: findings.total,
    archive: archive
      ? {
          folder: archive.folder,
          manifest: ARCHIVE_MANIFEST,
          tar: archive.tar.name,
          tar_sha256: archive.tar.sha256,
          signature: archive.manifest.signature,
        }
      : null,
  }
  const where = archive
    ? [
        `archived in ${readablePath(archive.folder, cwd)}, packed in ${archive.tar.name} (${describeBytes(archive.tar.bytes)})`,
      ]
    : ['nothing was archived; what was archived before stays']
  return {
    data,
    text: [...verdicts.flatMap(verdictText), ...findingsText(findings.kept, findings.total), ...where],
    warnings: verdicts.flatMap(({exporter, facts}) => leftOutWarning(exporter, facts)),
    exit: findings.total === 0 ? EXIT.ok : EXIT.gateFailed,
  }
}

function exporterData({exporter, facts, valid, findings}: ExporterVerdict): VerifyData['exporters'][number] {
  return {
    exporter,
    passed: findings.total === 0,
    records: facts?.records.total ?? 0,
    records_valid: valid,
    merkle_root: facts?.merkle.root ?? null,
    runs: facts?.runs ?? [],
    findings: findings.total,
  }
}

function verdictText({exporter, facts, findings}: ExporterVerdict): string[] {
  if (!facts) return [`✖ ${exporter}`]
  const {records, merkle, runs = [], query} = facts
  const isPassed = findings.total === 0
  return [
    `${isPassed ? '✔' : '✖'} ${exporter}: ${countOf(records.total, 'record')}, ${countOf(runs.length, 'run')}`,
    `  root    ${merkle.root}`,
    `  window  ${describeWindow(query)}`,
  ]
}

function leftOutWarning(exporter: string, facts: ExportFacts | undefined): string[] {
  const leftOut = facts?.left_out
  if (!leftOut || leftOut.total === 0) return []
  return [`${exporter}: ${leftOut.total} stored records are left out: ${describeLeftOut(leftOut)}`]
}
