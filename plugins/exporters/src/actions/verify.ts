import {mkdir, readdir, rm, mkdtemp} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {keepMemoryFlat, EXIT, type CommandResult, type Runtime, type Store, type Message, type Text} from '@ep23/sdk'
import {dayOf, lastSnapshotWindow, DEFAULT_ZONE} from '@ep23/plugin-dataset'

import {packBeside} from '../adapters/archive.js'
import {EVIDENCE_MANIFEST} from '../domain/file-names.js'
import type {Finding} from '../domain/finding.js'
import type {ExportFacts} from '../domain/manifest.js'
import type {VerifyFlags} from '../flags.js'
import {describeLeftOut} from '../usecases/count-left-out.js'
import {describeBytes, describeWindow, readablePath} from '../usecases/describe.js'
import {findExporter} from '../usecases/exporter-registry.js'
import {planRequest} from '../usecases/plan-request.js'
import {resolveQuery} from '../usecases/resolve-query.js'
import type {ExporterVerdict} from '../usecases/verify-exporter.js'
import {verifyExports, type VerifyDeps, type VerifyReport} from '../usecases/verify-exports.js'
import {findingsText} from './check.js'
import {openSigner, runPorts, registeredExporters} from './ports.js'
import {message} from '../words/words.js'

/** `exporters:verify`. */
export async function verifyExporters(runtime: Runtime, flags: VerifyFlags): Promise<CommandResult<VerifyData>> {
  keepMemoryFlat()
  const {settings, clock} = runtime
  const registered = await registeredExporters(runtime)
  const wanted = flags.exporter ? [...new Set(flags.exporter)].map(name => findExporter(name, registered)) : registered
  const snapshot = await lastSnapshotWindow(settings.datasetDir)
  const resolved = resolveQuery(flags, {snapshot, now: clock.now()})
  const layout = {format: 'jsonl', compression: 'none'} as const
  const requests = wanted.map(registration => planRequest({registration, resolved, layout, stem: registration.name}))
  const today = dayOf(clock.now(), resolved.facts.window?.time_zone ?? DEFAULT_ZONE)
  const report = await verifyExports(await verifyPorts(runtime, flags.sign), requests, {
    folder: join(settings.datasetDir, 'exports', today),
    rules: {runs: flags.runs, minSamples: flags['min-samples']},
  })
  const result = renderVerify(report, process.cwd())
  runtime.describeRun({...result.data})
  return result
}

async function verifyPorts(runtime: Runtime, sign: string | undefined): Promise<VerifyDeps> {
  return {
    ...runPorts(runtime, await openSigner(sign)),
    openScratch: () => openScratchStore(location => runtime.openStore(location)),
    makeFolder: path => mkdir(path),
    removeRuns,
    packArchive: packBeside,
  }
}

// The folders of further runs are the only ones among the staged files.
async function removeRuns(folder: string): Promise<void> {
  for (const entry of await readdir(folder, {withFileTypes: true}))
    if (entry.isDirectory()) await rm(join(folder, entry.name), {recursive: true})
}

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
function renderVerify({verdicts, findings, archive}: VerifyReport, cwd: string): CommandResult<VerifyData> {
  const data: VerifyData = {
    exporters: verdicts.map(exporterData),
    findings: findings.kept,
    findings_total: findings.total,
    archive: archive
      ? {
          folder: archive.folder,
          manifest: EVIDENCE_MANIFEST,
          tar: archive.tar.name,
          tar_sha256: archive.tar.sha256,
          signature: archive.manifest.signature,
        }
      : null,
  }
  const where = archive
    ? [
        message('archivedIn', {
          folder: readablePath(archive.folder, cwd),
          tar: archive.tar.name,
          size: describeBytes(archive.tar.bytes),
        }),
      ]
    : [message('nothingArchived')]
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

function verdictText({exporter, facts, findings}: ExporterVerdict): Text[] {
  if (!facts) return [`✖ ${exporter}`]
  const {records, merkle, runs = [], query} = facts
  const isPassed = findings.total === 0
  return [
    message('verifiedExporter', {
      mark: isPassed ? '✔' : '✖',
      exporter,
      records: records.total,
      runs: runs.length,
    }),
    message('verifiedRoot', {root: merkle.root}),
    message('verifiedWindow', {window: describeWindow(query)}),
  ]
}

function leftOutWarning(exporter: string, facts: ExportFacts | undefined): Message[] {
  const leftOut = facts?.left_out
  if (!leftOut || leftOut.total === 0) return []
  return [message('exporterLeftOut', {exporter, records: leftOut.total, why: describeLeftOut(leftOut)})]
}

/** An empty embedded store in a folder of its own, gone when it is closed. */
async function openScratchStore(
  openStore: (location: string) => Store,
): Promise<{store: Store; close(): Promise<void>}> {
  const folder = await mkdtemp(join(tmpdir(), 'ep23-scratch-'))
  const store = openStore(join(folder, 'scratch.sqlite'))
  return {
    store,
    async close() {
      await store.dispose()
      await rm(folder, {recursive: true, force: true})
    },
  }
}
