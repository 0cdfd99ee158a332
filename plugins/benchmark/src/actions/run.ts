import {appendFile} from 'node:fs/promises'
import {cpus, totalmem} from 'node:os'
import {join, resolve} from 'node:path'

import {AdaptiveLimit} from '@ep23/llm'
import {EXIT, keepMemoryFlat, type CommandResult, type ExitCode, type Language, type Runtime} from '@ep23/sdk'

import {readCalibrations} from '../adapters/calibration-files.js'
import {fileRunFolder} from '../adapters/file-run-folder.js'
import {findScenario} from '../adapters/find-scenario.js'
import {openDataset} from '../adapters/open-dataset.js'
import {newRunFolder} from '../adapters/run-output.js'
import {findUnfinished} from '../adapters/runs-directory.js'
import {hashText, sha256} from '../adapters/sha256.js'
import {RUNS_FOLDER} from '../domain/run-folder.js'
import type {RunResult, HardwareFacts} from '../domain/run-result.js'
import type {Verdict} from '../domain/verdict.js'
import type {BenchmarkFlags, RunFlags} from '../flags.js'
import {benchmarkMetrics} from '../metrics.js'
import {reportMarkdown} from '../usecases/run/report-markdown.js'
import {renderRunSummary} from '../usecases/run/render-run.js'
import {runBenchmark, type RunOutcome} from '../usecases/run/run-benchmark.js'
import type {RunDeps, RunRequest} from '../usecases/run/run-request.js'
import {assertPricedBudget} from './open-answers.js'
import {openExecutor} from './open-executor.js'
import {judgeNameOf, openParts} from './open-parts.js'
import {limitsOf} from './run-options.js'
import {openComparable} from './compare.js'

/** What `benchmark:run --json` tells: the run without its list of files, and where it lies. */
export interface RunReport extends Omit<RunResult, 'files' | 'seals' | 'language'> {
  folder: string
}

/** `benchmark:run`: adapters and use case put together. */
export async function runScenario(runtime: Runtime, flags: BenchmarkFlags): Promise<CommandResult<RunReport>> {
  keepMemoryFlat()
  const request = await resolveRequest(runtime, flags)
  const {folder, result, warnings} = await computed(runtime, flags, request).finally(() => request.judge.close?.())
  runtime.describeRun(describe(result, folder))
  await writeJobSummary(result, runtime.settings.lang)
  const {files: _files, seals: _seals, language: _language, ...report} = result
  const exit = exitOfRun(result.assessment.verdict, flags)
  return {data: {...report, folder}, text: renderRunSummary(result, folder, runtime.settings.lang), warnings, exit}
}

async function resolveRequest(runtime: Runtime, flags: BenchmarkFlags): Promise<RunRequest> {
  // A mistyped name is told before anything is paid for.
  if (flags.baseline !== undefined) await openComparable(runtime.settings.datasetDir, flags.baseline)
  const contributions = await runtime.contributions()
  const scenario = await findScenario(flags.scenario, {configDir: runtime.settings.configDir, contributions})
  const dataset = openDataset(flags.dataset, scenario.dataset, {store: runtime.store, contributions})
  const known = await readCalibrations(runtime.settings.datasetDir)
  const {judge, answers} = await openParts(runtime, {
    ...{scenario, judge: judgeNameOf(flags, scenario), flags, limit: new AdaptiveLimit(flags.concurrency)},
    accept: parts => assertPricedBudget(flags, parts),
  })
  return {
    scenario,
    dataset,
    judge,
    ...(answers && {answers}),
    dryRun: flags['dry-run'],
    calibrations: known.filter(calibration => calibration.judge === judge.name),
    requireCalibration: flags['require-calibration'],
    requireProof: flags['require-proof'],
    judgeRepeats: flags['judge-repeats'],
    limit: flags.limit,
    limits: limitsOf(flags),
    resume: flags.resume,
    baseline: flags.baseline ?? null,
  }
}

/** The run with who computes it, in this process or over a queue. */
async function computed(
  runtime: Runtime,
  flags: BenchmarkFlags,
  request: RunRequest,
): Promise<RunOutcome & {folder: string}> {
  const {scenario, judge, answers} = request
  const folder = await folderOf(runtime, flags, scenario.name)
  const opened = await openExecutor(runtime, flags, {scenario, judge, answers})
  try {
    return {folder, ...(await runBenchmark(runDeps(runtime, folder), {...request, executor: opened?.executor}))}
  } finally {
    await opened?.queue.close()
  }
}

async function folderOf({settings, run}: Runtime, {output, resume}: BenchmarkFlags, scenario: string): Promise<string> {
  if (output !== undefined) return resume ? resolve(output) : newRunFolder(output)
  return resume ? findUnfinished(settings.datasetDir, scenario) : join(settings.datasetDir, RUNS_FOLDER, run.run_id)
}

export function runDeps(runtime: Runtime, folder: string): RunDeps {
  const {progress, logger, clock, signal, run, version, metrics} = runtime
  return {
    ...{progress, logger, clock, signal, run, version},
    metrics: metrics.bind(benchmarkMetrics),
    folder: fileRunFolder(folder),
    hardware: readHardware(),
    language: runtime.settings.lang,
    sha256,
    hashText,
  }
}

function describe(
  {scenario, identity, assessment, run_id, fingerprint}: RunResult,
  folder: string,
): Record<string, unknown> {
  const means = Object.entries(assessment.by_origin).map(([origin, {scores}]) => [
    origin,
    Object.fromEntries(Object.entries(scores).map(([name, {mean}]) => [name, mean.estimate])),
  ])
  return {
    benchmark: {
      scenario: scenario.name,
      verdict: assessment.verdict,
      run_id,
      fingerprint,
      folder,
      judge: identity.judge.signature,
      merkle_root: identity.dataset.merkle_root,
      means: Object.fromEntries(means),
    },
  }
}

/** GitHub shows what stands in this file on the job's page, also when the gate fails. */
async function writeJobSummary(result: RunResult, language: Language): Promise<void> {
  const file = process.env['GITHUB_STEP_SUMMARY']
  if (file) await appendFile(file, await reportMarkdown(result, language))
}

/** What the numbers of this run were measured on. */
function readHardware(): HardwareFacts {
  const processors = cpus()
  return {
    cpu: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memory_bytes: totalmem(),
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
    icu: process.versions['icu'] ?? null,
  }
}

/** The one place where a verdict becomes an exit code. */
function exitOfRun(verdict: Verdict, flags: Pick<RunFlags, 'fail-on-warn' | 'allow-undecided'>): ExitCode {
  const exits: Record<Verdict, ExitCode> = {
    pass: EXIT.ok,
    warn: flags['fail-on-warn'] ? EXIT.gateWarned : EXIT.ok,
    fail: EXIT.gateFailed,
    undecided: flags['allow-undecided'] ? EXIT.ok : EXIT.undecided,
    unmeasured: EXIT.unmeasured,
  }
  return exits[verdict]
}
