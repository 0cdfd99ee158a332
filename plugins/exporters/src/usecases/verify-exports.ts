import {join} from 'node:path'

import {Ep23Error, EXIT, hasCode, type Step} from '@ep23/sdk'

import type {ExportRequest} from '../domain/export-request.js'
import {
  ARCHIVE_MANIFEST,
  ARCHIVE_SCHEMA_REPORT,
  ARCHIVE_SIGNATURE,
  ARCHIVE_TAR,
  ARCHIVE_TAR_HASH,
} from '../domain/file-names.js'
import {describeFinding, FindingList, type Finding} from '../domain/finding.js'
import type {FileFacts, Manifest} from '../domain/manifest.js'
import type {OpenStaging, Staging} from '../domain/ports.js'
import {archivedNames, archiveHashLine} from './check-evidence.js'
import {countOf} from './render-run.js'
import {verifyExporter, type VerifyRules} from './verify-exporter.js'
import type {ExporterVerdict, VerifyExporterDeps} from './verify-steps.js'
import {writeManifest, type ManifestDeps} from './write-manifest.js'

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

interface Context {
  verdicts: ExporterVerdict[]
  /** What stopped an exporter and says nothing about it. */
  failure?: unknown
  archive?: NonNullable<VerifyReport['archive']>
}

const FINDINGS = 'EXPORT_FINDINGS'
const ARCHIVE_NAMES = {manifest: ARCHIVE_MANIFEST, signature: ARCHIVE_SIGNATURE}

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
  const context: Context = {verdicts: []}
  try {
    await runExporters(deps, requests, context, {staging, rules})
    if (allFindings(context.verdicts).total === 0)
      await deps.progress.run([archiveStep(deps, requests, {staging, folder})], context)
  } finally {
    await staging.discard()
  }
  const verdicts = inOrder(context, requests)
  return {verdicts, findings: allFindings(verdicts), ...(context.archive && {archive: context.archive})}
}

// A step with findings ends as failed, so that it looks so; only what is no finding ends the verification.
async function runExporters(
  deps: VerifyDeps,
  requests: readonly ExportRequest[],
  context: Context,
  {staging, rules}: {staging: Staging; rules: VerifyRules},
): Promise<void> {
  const steps = requests.map(request => exporterStep(deps, request, staging, rules))
  try {
    await deps.progress.run(steps, context, {concurrent: true})
  } catch (error) {
    if (context.failure !== undefined || !hasCode(error, FINDINGS)) throw context.failure ?? error
  }
}

function exporterStep(deps: VerifyDeps, request: ExportRequest, staging: Staging, rules: VerifyRules): Step<Context> {
  return {
    title: request.registration.name,
    async run(context, report) {
      try {
        const verdict = await verifyExporter(deps, request, {folder: staging.folder, rules})
        context.verdicts.push(verdict)
        report.note(
          `${countOf(verdict.facts?.records.total ?? 0, 'record')}, root ${verdict.facts?.merkle.root.slice(0, 12)}`,
        )
        for (const finding of verdict.findings.kept) deps.logger.warn({stage: 'verify', ...finding}, 'finding')
        refuseFindings(verdict)
      } catch (error) {
        if (!hasCode(error, FINDINGS)) context.failure ??= error
        throw error
      }
    },
  }
}

function refuseFindings({exporter, findings}: ExporterVerdict): void {
  const [first] = findings.kept
  if (first) throw new Ep23Error(`${exporter}: ${describeFinding(first)}`, {code: FINDINGS, exit: EXIT.gateFailed})
}

function archiveStep(
  deps: VerifyDeps,
  requests: readonly ExportRequest[],
  {staging, folder}: {staging: Staging; folder: string},
): Step<Context> {
  return {
    title: 'archive',
    async run(context) {
      await deps.removeRuns(staging.folder)
      const verdicts = inOrder(context, requests)
      const exports = verdicts.flatMap(({facts}) => (facts ? [facts] : []))
      const reports = [await writeSchemaReport(deps, staging.folder, verdicts)]
      const manifest = await writeManifest(deps, staging.folder, ARCHIVE_NAMES, {exports, reports})
      const tar = await deps.packArchive(staging.folder, archivedNames(ARCHIVE_MANIFEST, manifest), ARCHIVE_TAR)
      await deps.files.writeNew(join(staging.folder, ARCHIVE_TAR_HASH), archiveHashLine(tar.sha256))
      await staging.publish()
      context.archive = {folder, manifest, tar}
    },
  }
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

// They finish as they may, but reports and manifests keep one order.
function inOrder({verdicts}: Context, requests: readonly ExportRequest[]): ExporterVerdict[] {
  return requests.flatMap(({registration}) => verdicts.filter(({exporter}) => exporter === registration.name))
}

function allFindings(verdicts: readonly ExporterVerdict[]): FindingList {
  const all = new FindingList()
  for (const {findings} of verdicts) all.addAll(findings)
  return all
}
