import {join} from 'node:path'

import {Ep23Error, EXIT, hasCode, type StepReport, joined} from '@ep23/sdk'

import type {ExportRequest} from '../domain/export-request.js'
import {
  EVIDENCE_MANIFEST,
  ARCHIVE_SCHEMA_REPORT,
  EVIDENCE_SIGNATURE,
  ARCHIVE_TAR,
  ARCHIVE_TAR_HASH,
} from '../domain/file-names.js'
import {describeFinding, FindingList, type Finding} from '../domain/finding.js'
import type {FileFacts, Manifest} from '../domain/manifest.js'
import type {OpenStaging, Staging} from '../domain/ports.js'
import {archivedNames, archiveHashLine} from './check-evidence.js'
import {verifyExporter, type VerifyRules, type ExporterVerdict, type VerifyExporterDeps} from './verify-exporter.js'
import {writeManifest, type ManifestDeps} from './write-manifest.js'
import {message} from '../words/words.js'

export interface VerifyDeps extends VerifyExporterDeps, ManifestDeps {
  openStaging: OpenStaging
  /** Removes the folders of all runs but the first. */
  removeRuns(folder: string): Promise<void>
  packArchive(folder: string, names: readonly string[], archiveName: string): Promise<FileFacts>
}

export interface VerifyReport {
  verdicts: ExporterVerdict[]
  findings: FindingList
  /** Absent when something was found: what was archived before stays. */
  archive?: {folder: string; manifest: Manifest; tar: FileFacts}
}

const FINDINGS = 'EXPORT_FINDINGS'
const ARCHIVE_NAMES = {manifest: EVIDENCE_MANIFEST, signature: EVIDENCE_SIGNATURE}

/**
 * Verifies exporters side by side and, when nothing differs, puts the first runs' files into the archive with manifest,
 * schema report and a tarball of it all. The archive is replaced as one.
 * @param folder of the archive
 */
export async function verifyExports(
  deps: VerifyDeps,
  requests: readonly ExportRequest[],
  {folder, rules}: {folder: string; rules: VerifyRules},
): Promise<VerifyReport> {
  const staging = await deps.openStaging({folder, label: 'evidence'})
  try {
    const verdicts = await verifyEach(deps, requests, {folder: staging.folder, rules})
    const findings = allFindings(verdicts)
    if (findings.total > 0) return {verdicts, findings}
    const archived = await deps.progress.step('archive', () => archive(deps, staging, verdicts))
    return {verdicts, findings, archive: {folder, ...archived}}
  } finally {
    await staging.discard()
  }
}

/** The verdicts in the order of the requests, however the exporters end. @throws what stopped one and says nothing about it */
async function verifyEach(
  deps: VerifyDeps,
  requests: readonly ExportRequest[],
  target: {folder: string; rules: VerifyRules},
): Promise<ExporterVerdict[]> {
  const titles = requests.map(({registration}) => registration.name)
  const ended = await deps.progress.steps(
    titles,
    async ({step}) =>
      Promise.allSettled(
        requests.map(async request => {
          let verdict: ExporterVerdict | undefined
          const shown = step(request.registration.name, async report => {
            verdict = await verifyExporter(deps, request, target)
            tell(deps, verdict, report)
          })
          // A step with findings ends as failed, so that it looks so; only what is no finding ends the verification.
          await shown.catch(error => {
            if (!hasCode(error, FINDINGS)) throw error
          })
          return verdict
        }),
      ),
    {concurrent: true},
  )
  return ended.flatMap(end => {
    if (end.status === 'rejected') throw end.reason
    return end.value ?? []
  })
}

/** @throws Ep23Error EXPORT_FINDINGS with the first finding */
function tell({logger}: VerifyDeps, {exporter, facts, findings}: ExporterVerdict, report: StepReport): void {
  report.note(
    message('recordsAndRoot', {records: facts?.records.total ?? 0, root: facts?.merkle.root.slice(0, 12) ?? ''}),
  )
  for (const finding of findings.kept) logger.warn({stage: 'verify', ...finding}, 'finding')
  const [first] = findings.kept
  if (first)
    throw new Ep23Error(joined([exporter, describeFinding(first)], ': '), {code: FINDINGS, exit: EXIT.gateFailed})
}

async function archive(
  deps: VerifyDeps,
  staging: Staging,
  verdicts: readonly ExporterVerdict[],
): Promise<{manifest: Manifest; tar: FileFacts}> {
  await deps.removeRuns(staging.folder)
  const exports = verdicts.flatMap(({facts}) => (facts ? [facts] : []))
  const reports = [await writeSchemaReport(deps, staging.folder, verdicts)]
  const manifest = await writeManifest(deps, staging.folder, ARCHIVE_NAMES, {exports, reports})
  const tar = await deps.packArchive(staging.folder, archivedNames(EVIDENCE_MANIFEST, manifest), ARCHIVE_TAR)
  await deps.files.writeNew(join(staging.folder, ARCHIVE_TAR_HASH), archiveHashLine(tar.sha256))
  await staging.publish()
  return {manifest, tar}
}

/** What was checked against which schema: the part of the evidence that QA reads first. */
async function writeSchemaReport(
  {files, version, run}: VerifyDeps,
  folder: string,
  verdicts: readonly ExporterVerdict[],
): Promise<FileFacts> {
  const report = {
    ep23_version: version,
    run_id: run.run_id,
    exports: verdicts.map(({exporter, facts, checked, valid, findings}) => ({
      exporter,
      schema_id: facts?.schema.id ?? null,
      schema_sha256: facts?.schema.canonical_sha256 ?? null,
      records_checked: checked,
      records_valid: valid,
      problems: findings.kept.filter(isSchemaFinding),
    })),
  }
  return files.writeNew(join(folder, ARCHIVE_SCHEMA_REPORT), `${JSON.stringify(report, null, 2)}\n`)
}

function isSchemaFinding({rule}: Finding): boolean {
  return rule === 'schema' || rule === 'snapshot'
}

function allFindings(verdicts: readonly ExporterVerdict[]): FindingList {
  const all = new FindingList()
  for (const {findings} of verdicts) all.addAll(findings)
  return all
}
