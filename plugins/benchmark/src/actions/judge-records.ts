import {access, rm} from 'node:fs/promises'
import {join} from 'node:path'

import {AdaptiveLimit} from '@ep23/llm'
import {canonicalLine} from '@ep23/plugin-exporters'
import {hasCode, isMeasured, type Judge, type MetricHandles, type Runtime} from '@ep23/sdk'

import {findScenario} from '../adapters/find-scenario.js'
import type {ModelOptions} from '../adapters/open-asker.js'
import {openDataset} from '../adapters/open-dataset.js'
import {openJudge} from '../adapters/open-judge.js'
import {openStoredRun} from '../adapters/stored-run.js'
import type {DatasetSource} from '../domain/dataset-source.js'
import {RUN_FILES, type StoredRun} from '../domain/run-folder.js'
import type {Scenario} from '../domain/scenario.js'
import type {benchmarkMetrics} from '../metrics.js'
import {runBenchmark} from '../usecases/run/run-benchmark.js'
import type {RunRequest} from '../usecases/run/run-request.js'
import {runDeps} from './run.js'

/** A scenario and its judge, opened once for several days. */
export interface DailyJudge {
  scenario: Scenario
  name: string
  signature: string
  model: string | null
  /** Opens the judge; whoever does closes it. */
  open(): Promise<Judge>
}

/** Measured scores by sample id; what was not measured is absent. */
export type SampleScores = ReadonlyMap<string, Readonly<Record<string, number>>>

/** The judge that `--judge` or the scenario names. @throws Ep23Error USAGE (64) */
export async function openDailyJudge(
  runtime: Runtime,
  {scenario: name, judge, llm}: {scenario: string; judge: string | undefined; llm: ModelOptions},
): Promise<DailyJudge> {
  const contributions = await runtime.contributions()
  const scenario = await findScenario(name, {configDir: runtime.settings.configDir, contributions})
  const limit = new AdaptiveLimit(llm.concurrency)
  const open = () => openJudge(judge ?? scenario.judge, scenario, {runtime, contributions, llm, limit})
  const first = await open()
  await first.close?.()
  return {scenario, name: first.name, signature: first.signature, model: first.model ?? null, open}
}

interface RecordsToJudge {
  /** JSON lines, as an export has them. */
  file: string
  folder: string
  /** Another number asks the same questions anew instead of taking the stored answers. */
  occasion: number
}

/**
 * Judges the records of a file as a run of its own in a folder. A run that is finished there over the same records is read, one that
 * was broken off is gone on with, and one over other records is begun again. No gauge moves: these are not whole runs.
 */
export async function judgeRecords(
  runtime: Runtime,
  judge: DailyJudge,
  {file, folder, occasion}: RecordsToJudge,
): Promise<SampleScores> {
  const dataset = openDataset(file, judge.scenario.dataset, {store: runtime.store, contributions: []})
  const finished = await finishedRun(folder)
  if (finished && (await isOf(finished, judge, dataset))) return judgedIn(finished)
  if (finished) await rm(folder, {recursive: true, force: true})
  const deps = {...runDeps(runtime, folder), metrics: silent()}
  const begin = async (resume: boolean) => {
    const opened = await judge.open()
    const request = requestOf(judge.scenario, dataset, asked(opened, occasion), resume)
    await runBenchmark(deps, request).finally(() => opened.close?.())
  }
  await begin(true).catch(async (error: unknown) => {
    if (!hasCode(error, 'BENCHMARK_RESUME_REFUSED')) throw error
    await rm(folder, {recursive: true, force: true})
    return begin(false)
  })
  return judgedIn(await openStoredRun(folder))
}

function requestOf(scenario: Scenario, dataset: DatasetSource, judge: Judge, resume: boolean): RunRequest {
  return {
    scenario,
    dataset,
    judge,
    dryRun: false,
    calibrations: [],
    requireCalibration: false,
    requireProof: false,
    judgeRepeats: 1,
    limit: undefined,
    limits: {sampleSeconds: 300},
    resume,
    baseline: null,
  }
}

/** Whether a run is of this judge and of these records. */
async function isOf(found: StoredRun, {signature, model}: DailyJudge, dataset: DatasetSource): Promise<boolean> {
  const {judge} = found.run.identity
  return judge.signature === signature && judge.model === model && (await isSame(found, dataset.records()))
}

/** The same judge, asking for another time. */
function asked(judge: Judge, occasion: number): Judge {
  if (occasion === 0) return judge
  return {
    ...judge,
    ...(judge.begin && {begin: async dataset => judge.begin?.(dataset)}),
    ...(judge.retune && {retune: concurrency => judge.retune?.(concurrency)}),
    judge: (sample, context) => judge.judge(sample, {...context, repeat: context.repeat + occasion}),
  }
}

async function finishedRun(folder: string): Promise<StoredRun | undefined> {
  const isThere = await access(join(folder, RUN_FILES.result)).then(
    () => true,
    () => false,
  )
  return isThere ? openStoredRun(folder) : undefined
}

async function isSame(found: StoredRun, records: AsyncIterable<{record: unknown}>): Promise<boolean> {
  const [before, now] = await Promise.all([
    Array.fromAsync(found.records(), record => canonicalLine(record)),
    Array.fromAsync(records, ({record}) => canonicalLine(record)),
  ])
  return before.length === now.length && before.every((record, i) => record === now[i])
}

async function judgedIn(found: StoredRun): Promise<SampleScores> {
  const lines = await Array.fromAsync(found.samples())
  return new Map(
    lines.map(({sample_id, scores}) => [
      sample_id,
      Object.fromEntries(
        Object.entries(scores).flatMap(([name, score]) => (isMeasured(score) ? [[name, score.value]] : [])),
      ),
    ]),
  )
}

function silent(): MetricHandles<typeof benchmarkMetrics> {
  const nothing = () => undefined
  const gauge = {set: nothing, clear: nothing}
  return {runDuration: {observe: nothing}, runOutcome: gauge, gateCalibrated: gauge, metricValue: gauge}
}
