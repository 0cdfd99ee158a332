import {appendFile} from 'node:fs/promises'
import {join, resolve} from 'node:path'

import {AdaptiveLimit} from '@ep23/llm'
import type {CommandResult, Runtime} from '@ep23/sdk'

import {readCalibrations} from '../adapters/calibrations/calibration-files.js'
import {openDataset} from '../adapters/records/open-dataset.js'
import {readHardware} from '../adapters/hardware.js'
import {openJudge} from '../adapters/judges/open-judge.js'
import {fileRunFolder} from '../adapters/runs/file-run-folder.js'
import {findUnfinished} from '../adapters/runs/find-unfinished.js'
import {hashText, sha256} from '../adapters/sha256.js'
import {findScenario} from '../adapters/scenarios/find-scenario.js'
import {RUNS_FOLDER} from '../domain/run-files.js'
import type {RunResult} from '../domain/run-result.js'
import {benchmarkMetrics} from '../metrics.js'
import {renderMarkdown} from '../usecases/projections/render-markdown.js'
import {exitOfRun} from '../usecases/run/results/exit-of-run.js'
import {renderRun} from '../usecases/run/results/render-run.js'
import {runBenchmark} from '../usecases/run/run-benchmark.js'
import type {RunDeps} from '../usecases/run/run-deps.js'
import type {RunRequest} from '../usecases/run/run-request.js'
import type {AskedRun} from './asked-run.js'
import {keepMemoryFlat} from './keep-memory-flat.js'
import {openAnswers} from './open-answers.js'
import {refuseUnpricedBudget} from './refuse-unpriced-budget.js'

export interface RunFlags extends AskedRun {
  dryRun: boolean
  resume: boolean
  baseline: string | undefined
  output: string | undefined
}

/** What `benchmark:run --json` tells: the run without its list of files, and where it lies. */
export interface RunReport extends Omit<RunResult, 'files' | 'seals'> {
  folder: string
}

/** `benchmark:run`: adapters and use case put together. */
export async function runAsAsked(runtime: Runtime, flags: RunFlags): Promise<CommandResult<RunReport>> {
  keepMemoryFlat()
  const request = await resolveRequest(runtime, flags)
  const folder = await folderOf(runtime, flags, request.scenario.name)
  const {result, warnings} = await runBenchmark(runDeps(runtime, folder), request)
  runtime.describeRun(describe(result, folder))
  await writeJobSummary(result)
  const {files: _files, seals: _seals, ...report} = result
  const exit = exitOfRun(result.assessment.verdict, flags)
  return {data: {...report, folder}, text: renderRun(result, folder), warnings, exit}
}

async function resolveRequest(runtime: Runtime, flags: RunFlags): Promise<RunRequest> {
  const contributions = await runtime.contributions()
  const scenario = await findScenario(flags.scenario, {configDir: runtime.settings.configDir, contributions})
  const name = flags.dryRun ? 'recorded' : (flags.judge ?? scenario.judge)
  // Judge and writer ask one server: what it can take is found once.
  const limit = new AdaptiveLimit(flags.llm.concurrency)
  const judge = await openJudge(name, scenario, {runtime, contributions, llm: flags.llm, limit})
  const answers = await openAnswers(runtime, flags, {scenario, judge, limit})
  refuseUnpricedBudget(flags, judge, answers)
  const known = await readCalibrations(runtime.settings.datasetDir)
  return {
    scenario,
    dataset: openDataset(flags.dataset, scenario.dataset, {store: runtime.store, contributions}),
    judge,
    ...(answers && {answers}),
    dryRun: flags.dryRun,
    calibrations: known.filter(calibration => calibration.judge === judge.name),
    requireCalibration: flags.requireCalibration,
    requireProof: flags.requireProof,
    judgeRepeats: flags.judgeRepeats,
    limit: flags.limit,
    limits: flags.limits,
    resume: flags.resume,
    baseline: flags.baseline ?? null,
  }
}

async function folderOf({settings, run}: Runtime, {output, resume}: RunFlags, scenario: string): Promise<string> {
  if (output !== undefined) return resolve(output)
  return resume ? findUnfinished(settings.datasetDir, scenario) : join(settings.datasetDir, RUNS_FOLDER, run.run_id)
}

function runDeps(runtime: Runtime, folder: string): RunDeps {
  const {progress, logger, clock, signal, run, version, metrics} = runtime
  return {
    ...{progress, logger, clock, signal, run, version},
    metrics: metrics.bind(benchmarkMetrics),
    folder: fileRunFolder(folder),
    hardware: readHardware(),
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
async function writeJobSummary(result: RunResult): Promise<void> {
  const file = process.env['GITHUB_STEP_SUMMARY']
  if (file) await appendFile(file, renderMarkdown(result))
}
