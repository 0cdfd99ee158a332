import {EXIT, type ExitCode} from '@ep23/sdk'

import type {ExportRequest} from '../domain/export-request.js'
import {FindingList} from '../domain/finding.js'
import type {ExportFacts} from '../domain/manifest.js'
import {
  checkStep,
  compareStep,
  runStep,
  schemaStep,
  tripStep,
  type ExporterVerdict,
  type VerifyContext,
  type VerifyExporterDeps,
} from './verify-steps.js'

export interface VerifyRules {
  runs: number
  minSamples: number
}

const NO_VERDICTS: ReadonlySet<ExitCode> = new Set([
  EXIT.interrupted,
  EXIT.unavailable,
  EXIT.tryAgain,
  EXIT.notPermitted,
  EXIT.usage,
])

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
  const exporter = request.registration.name
  const findings = new FindingList()
  const context: VerifyContext = {
    verdict: {exporter, checked: 0, valid: 0, findings},
    left_out: null,
    runs: [],
    times: [],
  }
  const runs = Array.from({length: rules.runs}, (_, index) => runStep(deps, request, folder, index + 1))
  const steps = [
    schemaStep(deps, request),
    ...runs,
    compareStep(deps, request),
    checkStep(deps, request),
    tripStep(deps, request),
  ]
  try {
    await deps.progress.run(steps, context)
    refuseFewSamples(context, rules.minSamples)
  } catch (error) {
    if (!isVerdict(error)) throw error
    findings.add({rule: 'exporter', exporter, message: (error as Error).message})
  }
  const first = context.runs[0]
  return {...context.verdict, ...(first && {facts: withRuns(first.facts, context, request)})}
}

function refuseFewSamples({runs, verdict}: VerifyContext, minSamples: number): void {
  for (const [index, {facts}] of runs.entries())
    if (facts.records.total < minSamples)
      verdict.findings.add({
        rule: 'samples',
        exporter: verdict.exporter,
        message: `run ${index + 1} has ${facts.records.total} records, ${minSamples} are needed (--min-samples)`,
      })
}

// An interruption, a dead service or a full disk say nothing about the exporter.
function isVerdict(error: unknown): boolean {
  const {code = '', exit} = error as {code?: string; exit?: ExitCode}
  return code.startsWith('EXPORT_') || !exit || !NO_VERDICTS.has(exit)
}

function withRuns(facts: ExportFacts, {times}: VerifyContext, {registration}: ExportRequest): ExportFacts {
  const reason = registration.kind === 'command' ? registration.command.bytesMayDiffer : undefined
  return {...facts, runs: times, ...(reason !== undefined && {bytes_may_differ: reason})}
}
