import {join} from 'node:path'

import {EXIT, type ExitCode, type Progress, type StepReport, type Store, errorMessage} from '@ep23/sdk'

import type {ExportRequest} from '../domain/export-request.js'
import {FindingList, type Finding} from '../domain/finding.js'
import type {ExportFacts, RunFacts} from '../domain/manifest.js'
import type {Advance} from '../domain/ports.js'
import {checkExport} from './check-export.js'
import {committedSchema, schemaDrift} from './committed-schema.js'
import {compareProducedRuns, roundTrip, type ProducedRun} from './compare-records.js'
import {leftOutOf} from './count-left-out.js'
import {produceExport, type ProduceDeps} from './produce-export.js'
import {message} from '../words/words.js'

export interface VerifyExporterDeps extends ProduceDeps {
  progress: Progress
  /** An empty store of its own; `close` removes it. */
  openScratch(): Promise<{store: Store; close(): Promise<void>}>
  makeFolder(path: string): Promise<void>
}

export interface VerifyRules {
  runs: number
  minSamples: number
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

interface TimedRun extends ProducedRun {
  times: RunFacts
}

interface Verification {
  deps: VerifyExporterDeps
  request: ExportRequest
  folder: string
  rules: VerifyRules
  /** Filled step by step, so that it says what is known when a step fails. */
  verdict: ExporterVerdict
}

const [SCHEMA, COMPARE, CHECK, TRIP] = [
  'schema',
  'compare bytes',
  'check every record',
  'round trip through a store',
] as const

/** They say nothing about the exporter. */
const NO_VERDICTS: readonly ExitCode[] = [
  EXIT.interrupted,
  EXIT.unavailable,
  EXIT.tryAgain,
  EXIT.notPermitted,
  EXIT.usage,
]

/**
 * Puts one exporter to the test: the same bytes in every run, records of the committed schema in order, and nothing lost
 * on the way back into a store. What does not hold is a finding; only an interruption or a dead service is an error.
 * @param folder receives the first run's files; those of the others lie in folders inside it and are the caller's to remove
 */
export async function verifyExporter(
  deps: VerifyExporterDeps,
  request: ExportRequest,
  {folder, rules}: {folder: string; rules: VerifyRules},
): Promise<ExporterVerdict> {
  const {name: exporter} = request.registration
  const verdict: ExporterVerdict = {exporter, checked: 0, valid: 0, findings: new FindingList()}
  try {
    await runSteps({deps, request, folder, rules, verdict})
  } catch (error) {
    if (!isVerdict(error)) throw error
    verdict.findings.add({rule: 'exporter', exporter, message: errorMessage(error)})
  }
  return verdict
}

async function runSteps(verification: Verification): Promise<void> {
  const {deps, request, rules, verdict} = verification
  const {registration} = request
  const reason = registration.kind === 'command' ? registration.command.bytesMayDiffer : undefined
  const runTitles = Array.from({length: rules.runs}, (_, index) => `run ${index + 1}`)
  await deps.progress.steps([SCHEMA, ...runTitles, COMPARE, CHECK, TRIP], async ({step, skip}) => {
    await step(SCHEMA, () => checkSchema(verification))
    const runs: TimedRun[] = []
    for (const title of runTitles) {
      runs.push(await step(title, report => runOnce(verification, runs.length + 1, report)))
      const [{facts}] = runs as [TimedRun]
      verdict.facts = {...facts, runs: runs.map(({times}) => times), ...(reason && {bytes_may_differ: reason})}
    }
    const [first, ...others] = runs as [TimedRun, ...TimedRun[]]
    if (reason !== undefined) skip(COMPARE, `bytes may differ: ${reason}`)
    else addFinding(verdict, await step(COMPARE, () => compareProducedRuns(deps.files, [first, ...others])))
    await step(CHECK, report => checkRecords(verification, first, report))
    if (verdict.checked !== verdict.valid) skip(TRIP, 'records are broken already')
    else await step(TRIP, report => tryRoundTrip(verification, first, report))
    assertEnoughSamples(verification, runs)
  })
}

/** The code's schema must be the committed one. */
async function checkSchema({deps, request: {registration}, verdict}: Verification): Promise<void> {
  if (registration.kind === 'command') return
  const committed = await committedSchema(registration, deps.files)
  for (const change of schemaDrift(committed, await registration.exporter.schema()))
    verdict.findings.add({rule: 'snapshot', exporter: verdict.exporter, ...change})
}

/** One run of the exporter; the first one's files are those that are archived. */
async function runOnce(
  {deps, request, folder, verdict}: Verification,
  number: number,
  report: StepReport,
): Promise<TimedRun> {
  const {registration, resolved, stem} = request
  const isFirst = number === 1
  const target = isFirst ? folder : join(folder, `.run-${number}-${stem}`)
  if (!isFirst) await deps.makeFolder(target)
  const isCounted = isFirst && registration.kind === 'store'
  const left_out = isCounted
    ? await leftOutOf(registration.exporter, deps.store, resolved)
    : (verdict.facts?.left_out ?? null)
  const started = deps.clock.now()
  const facts = await produceExport(
    deps,
    request,
    {folder: target, left_out},
    {advance: advanceOn(report), onFinding: finding => isFirst && verdict.findings.add(finding)},
  )
  const times = {started_at: started.toISOString(), finished_at: deps.clock.now().toISOString()}
  const files = facts.files.map(({name, sha256}) => ({name, sha256}))
  return {folder: target, facts, times: {records: facts.records.total, files, ...times}}
}

/** Every record is read back and held against the committed schema, the order and its hash. */
async function checkRecords(
  {deps, request: {registration}, verdict}: Verification,
  {folder, facts}: ProducedRun,
  report: StepReport,
): Promise<void> {
  const schema = await committedSchema(registration, deps.files)
  const {checked, valid, findings} = await checkExport(deps.files, folder, facts, {schema, advance: advanceOn(report)})
  Object.assign(verdict, {checked, valid})
  // What the writer has objected to already need not be said twice.
  if (verdict.findings.total === 0) verdict.findings.addAll(findings)
}

/** Nothing may be lost between the source, the file and another store. */
async function tryRoundTrip(
  {deps, request: {registration, resolved}, verdict}: Verification,
  {folder, facts}: ProducedRun,
  report: StepReport,
): Promise<void> {
  const source = registration.kind === 'store' && registration.exporter.records(deps.store, resolved.query)
  const scratch = await deps.openScratch()
  try {
    const trip = {files: deps.files, folder, facts, scratch: scratch.store, advance: advanceOn(report)}
    addFinding(verdict, await roundTrip({...trip, ...(source && {source})}))
  } finally {
    await scratch.close()
  }
}

function addFinding({findings}: ExporterVerdict, finding: Finding | undefined): void {
  if (finding) findings.add(finding)
}

function assertEnoughSamples({rules: {minSamples}, verdict}: Verification, runs: readonly TimedRun[]): void {
  const few = runs.findIndex(({facts}) => facts.records.total < minSamples)
  const records = runs[few]?.facts.records.total
  // The other runs have as few, or differ, which is a finding of its own.
  if (records !== undefined)
    verdict.findings.add({
      rule: 'samples',
      exporter: verdict.exporter,
      message: message('fewSamples', {run: few + 1, records, least: minSamples}),
    })
}

function isVerdict(error: unknown): boolean {
  const {code = '', exit} = error as {code?: string; exit?: ExitCode}
  // Where there is no store, no exporter was judged.
  if (code === 'STORE_MISSING') return false
  return code.startsWith('EXPORT_') || !exit || !NO_VERDICTS.includes(exit)
}

function advanceOn(report: StepReport): Advance {
  return (done, total) => report.advance(done, total, 'records')
}
