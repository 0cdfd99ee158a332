import {join} from 'node:path'

import {
  type CommandResult,
  type Runtime,
  runOwnCommand,
  usageError,
  writeFileAtomically,
  verbatim,
  type Message,
} from '@ep23/sdk'

import {readMatrixFile} from '../adapters/matrix-file.js'
import {outputFile} from '../adapters/output-file.js'
import {createRunSummaries} from '../adapters/run-summaries.js'
import {isFile} from '../adapters/runs-directory.js'
import {hashText} from '../adapters/sha256.js'
import {openStoredRun} from '../adapters/stored-run.js'
import {type MatrixPlan, matrixRuns} from '../domain/matrix-plan.js'
import {RUN_FILES, RUNS_FOLDER} from '../domain/run-folder.js'
import type {RunResult} from '../domain/run-result.js'
import type {WriterMatrix} from '../domain/view-charts.js'
import {type MatrixPorts, type RanMatrix, runMatrix} from '../usecases/run-matrix.js'
import {matrixOf} from '../usecases/view/matrix.js'
import {isMatrixMarkdown, matrixMarkdown, renderMatrix} from '../usecases/view/render-matrix.js'
import {unreadableRuns} from '../usecases/view/render-trend.js'
import {costOf, summarizeRun} from '../usecases/view/run-head.js'
import {message} from '../words/words.js'

export interface MatrixData extends WriterMatrix {
  ran: number
  kept: number
  /** Runs that the budget did not reach. */
  left: number
}

interface MatrixFlags {
  writer?: string[] | undefined
  judge?: string[] | undefined
  scenario?: string[] | undefined
  dataset?: string | undefined
  'max-cost'?: number | undefined
  output?: string | undefined
  config?: string | undefined
}

interface MatrixPlaces {
  /** The matrix's YAML file; undefined when flags say what it is. */
  file: string | undefined
  /** Where summaries of runs are kept. */
  cacheDir: string
}

/** `benchmark:matrix`: runs what is missing of a matrix and compares what there is. */
export async function makeMatrix(
  runtime: Runtime,
  flags: MatrixFlags,
  {file, cacheDir}: MatrixPlaces,
): Promise<CommandResult<MatrixData>> {
  const plan = file === undefined ? planOfFlags(flags) : withBudget(await planOfFileAlone(file, flags), flags)
  // Before hours of work, and what they cost.
  if (plan.output !== undefined) await outputFile(plan.output, '--output', isMatrixMarkdown)
  const ran = await runMatrix(portsOf(runtime, flags.config), {
    runs: matrixRuns(plan),
    common: ['--dataset', plan.dataset],
    maxCost: plan.maxCost,
    countsEarlier: plan.countsEarlier,
  })
  const {matrix, warnings} = await compared(runtime, cacheDir, ran)
  if (plan.output !== undefined)
    await writeFileAtomically(plan.output, await matrixMarkdown(matrix, runtime.settings.lang))
  const {folders: _, ...counts} = ran
  return {data: {...matrix, ...counts}, text: renderMatrix(matrix), warnings: [...warnings, ...budgetWarnings(ran)]}
}

/** @throws Ep23Error USAGE (64) without writers and judges */
function planOfFlags({
  writer = [],
  judge = [],
  scenario,
  dataset,
  'max-cost': maxCost,
  output,
}: MatrixFlags): MatrixPlan {
  if (writer.length === 0 || judge.length === 0)
    throw usageError(message('nameWritersJudges'), [
      verbatim('ep23 benchmark:matrix --writer dataset --writer extractive --judge lexical'),
      message('orMatrixFile'),
    ])
  return {
    scenarios: scenario ?? ['channel_digest_ru'],
    writers: writer.map(name => ({name, flags: []})),
    judges: judge.map(name => ({name, flags: []})),
    dataset: dataset ?? 'store',
    maxCost,
    countsEarlier: false,
    output,
  }
}

/** @throws Ep23Error USAGE (64) for flags that say what the file says; BENCHMARK_BAD_MATRIX (65) */
async function planOfFileAlone(file: string, flags: MatrixFlags): Promise<MatrixPlan> {
  const twice = (['writer', 'judge', 'scenario', 'dataset'] as const).find(name => flags[name] !== undefined)
  if (twice !== undefined) throw usageError(message('fileSaysMatrix', {flag: twice, file}), [message('changeFile')])
  return readMatrixFile(file)
}

function withBudget(plan: MatrixPlan, {'max-cost': maxCost, output}: MatrixFlags): MatrixPlan {
  return {...plan, maxCost: maxCost ?? plan.maxCost, output: output ?? plan.output}
}

function portsOf({settings, progress, signal}: Runtime, config: string | undefined): MatrixPorts {
  const shelf = join(settings.datasetDir, RUNS_FOLDER)
  const env = {
    EP23_STORE: settings.store,
    EP23_DATASET_DIR: settings.datasetDir,
    EP23_QUIET: '1',
    ...(config !== undefined && {EP23_CONFIG: config}),
  }
  return {
    progress,
    hash: hashText,
    async stateOf(folder) {
      if (await isFile(join(shelf, folder, RUN_FILES.result))) {
        const {run} = await openStoredRun(join(shelf, folder))
        return {state: run.stopped_early ? 'stopped' : 'finished', cost: costOf(run)}
      }
      return {state: (await isFile(join(shelf, folder, RUN_FILES.plan))) ? 'unfinished' : 'missing'}
    },
    async run(asked, folder) {
      const words = ['benchmark:run', ...asked, '--output', join(shelf, folder), '--allow-undecided']
      const {data} = await runOwnCommand(words, {signal, env})
      return {cost: costOf(data as Pick<RunResult, 'assessment'>)}
    },
  }
}

/** @throws Ep23Error USAGE (64) for runs over different datasets */
async function compared({settings}: Runtime, cacheDir: string, {folders}: RanMatrix) {
  const cacheFile = join(cacheDir, 'view-runs.jsonl')
  const all = await createRunSummaries({datasetDir: settings.datasetDir, cacheFile, summarize: summarizeRun})()
  const wanted = new Set(folders.map(folder => join(settings.datasetDir, RUNS_FOLDER, folder)))
  const own = all.runs.filter(({folder}) => wanted.has(folder))
  if (new Set(own.map(({head}) => head.dataset_root)).size > 1)
    throw usageError(message('matrixDatasets'), [message('removeOlder')])
  const warnings = unreadableRuns(all.others.filter(({run_id}) => folders.includes(run_id)))
  return {matrix: matrixOf(own), warnings}
}

function budgetWarnings({left, folders}: RanMatrix): Message[] {
  if (left === 0) return []
  return [message('budgetSpent', {left, all: folders.length})]
}
