import {join} from 'node:path'

import type {ExportRecord, Progress, Step, Store} from '@ep23/sdk'

import type {ExportRequest} from '../domain/export-request.js'
import type {FindingList} from '../domain/finding.js'
import type {ExportFacts, LeftOut, RunFacts} from '../domain/manifest.js'
import type {Advance} from '../domain/ports.js'
import {checkExport} from './check-export.js'
import {schemaDrift, committedSchema} from './committed-schema.js'
import {compareRuns, roundTrip, type ProducedRun} from './compare-records.js'
import {countLeftOut} from './count-left-out.js'
import {produceExport, type ProduceDeps} from './produce-export.js'

export interface VerifyExporterDeps extends ProduceDeps {
  progress: Progress
  /** An empty store of its own; `close` removes it. */
  openScratch(): Promise<{store: Store; close(): Promise<void>}>
  makeFolder(path: string): Promise<void>
}

export interface ExporterVerdict {
  exporter: string
  /** Of the first run; absent when it could not be finished. */
  facts?: ExportFacts
  /** Records read back, and how many of them fit the committed schema. */
  checked: number
  valid: number
  findings: FindingList
}

/** What the steps of one exporter's verification hand on. */
export interface VerifyContext {
  verdict: ExporterVerdict
  left_out: LeftOut | null
  runs: ProducedRun[]
  times: RunFacts[]
}

/** The code's schema must be the committed one. */
export function schemaStep(deps: VerifyExporterDeps, {registration}: ExportRequest): Step<VerifyContext> {
  return {
    title: 'schema',
    async run({verdict}) {
      if (registration.kind === 'command') return
      const committed = await committedSchema(registration, deps.files)
      for (const change of schemaDrift(committed, await registration.exporter.schema()))
        verdict.findings.add({rule: 'snapshot', exporter: verdict.exporter, ...change})
    },
  }
}

/** One run of the exporter; the first one's files are those that are archived. */
export function runStep(
  deps: VerifyExporterDeps,
  request: ExportRequest,
  folder: string,
  number: number,
): Step<VerifyContext> {
  return {
    title: `run ${number}`,
    async run(context, report) {
      const target = number === 1 ? folder : join(folder, `.run-${number}-${request.stem}`)
      if (number > 1) await deps.makeFolder(target)
      const {registration, resolved} = request
      if (number === 1 && registration.kind === 'store')
        context.left_out = (await countLeftOut(registration.exporter, deps.store, resolved)).left_out
      const started = deps.clock.now()
      const facts = await produceExport(
        deps,
        request,
        {folder: target, left_out: context.left_out},
        {advance: advanceOn(report), onFinding: finding => number === 1 && context.verdict.findings.add(finding)},
      )
      context.runs.push({folder: target, facts})
      context.times.push(runFacts(facts, started, deps.clock.now()))
    },
  }
}

/** All runs must have written the same bytes. */
export function compareStep(deps: VerifyExporterDeps, request: ExportRequest): Step<VerifyContext> {
  const {registration} = request
  const reason = registration.kind === 'command' ? registration.command.bytesMayDiffer : undefined
  return {
    title: 'compare bytes',
    ...(reason !== undefined && {skip: () => `bytes may differ: ${reason}`}),
    async run({runs, verdict}) {
      const [first, ...others] = runs
      for (const [index, other] of others.entries()) {
        const finding = first && (await compareRuns(deps.files, first, other, index + 2))
        if (finding) return verdict.findings.add(finding)
      }
    },
  }
}

/** Every record is read back and held against the committed schema, the order and its hash. */
export function checkStep(deps: VerifyExporterDeps, {registration}: ExportRequest): Step<VerifyContext> {
  return {
    title: 'check every record',
    async run({runs, verdict}, report) {
      const first = runs[0]
      if (!first) return
      const schema = await committedSchema(registration, deps.files)
      const check = await checkExport(deps.files, first.folder, first.facts, {schema, advance: advanceOn(report)})
      Object.assign(verdict, {checked: check.checked, valid: check.valid})
      // What the writer has objected to already need not be said twice.
      if (verdict.findings.total === 0) verdict.findings.addAll(check.findings)
    },
  }
}

/** Nothing may be lost between the source, the file and another store. */
export function tripStep(deps: VerifyExporterDeps, {registration, resolved}: ExportRequest): Step<VerifyContext> {
  return {
    title: 'round trip through a store',
    skip: ({verdict}) => (verdict.checked === verdict.valid ? undefined : 'records are broken already'),
    async run({runs, verdict}, report) {
      const first = runs[0]
      if (!first) return
      const source: AsyncIterable<ExportRecord> | undefined =
        registration.kind === 'store' ? registration.exporter.records(deps.store, resolved.query) : undefined
      const scratch = await deps.openScratch()
      try {
        const trip = {
          files: deps.files,
          ...first,
          scratch: scratch.store,
          advance: advanceOn(report),
          ...(source && {source}),
        }
        const finding = await roundTrip(trip)
        if (finding) verdict.findings.add(finding)
      } finally {
        await scratch.close()
      }
    },
  }
}

function advanceOn(report: {advance(done: number, total?: number, unit?: string): void}): Advance {
  return (done, total) => report.advance(done, total, 'records')
}

function runFacts({records, files}: ExportFacts, started: Date, finished: Date): RunFacts {
  return {
    records: records.total,
    files: files.map(({name, sha256}) => ({name, sha256})),
    started_at: started.toISOString(),
    finished_at: finished.toISOString(),
  }
}
