import {join} from 'node:path'

import {BaseCommand, runOwnCommand, usageError, writeFileAtomically, type CommandResult, type Input} from '@ep23/sdk'
import * as Flags from '@oclif/core/flags'

import {matrixRuns} from '../../domain/matrix-plan.js'
import {RUN_FILES, RUNS_FOLDER} from '../../domain/run-folder.js'
import type {RunResult} from '../../domain/run-result.js'
import type {WriterMatrix} from '../../domain/view-charts.js'
import {runsDirFlag} from '../../flags.js'
import {positiveNumber} from '../../judge-flags.js'

interface MatrixData extends WriterMatrix {
  ran: number
  kept: number
  /** Runs that the budget did not reach. */
  left: number
}

export default class BenchmarkMatrix extends BaseCommand<typeof BenchmarkMatrix> {
  static override summary = 'Run writers by judges over one dataset, what is missing of it, and show who is better.'
  static override description = `Every run is one of benchmark:run, in a folder of its own name: called again, finished ones are kept and a stopped one goes on.
Differences are tested on the digests that both wrote, channels as clusters, p by Holm over the whole table.`
  static override examples = [
    '<%= config.bin %> benchmark:matrix --writer dataset --writer openai:qwen3 --judge lexical --judge llm:judge-model',
    '<%= config.bin %> benchmark:matrix --writer dataset --writer extractive --judge lexical --output matrix.md',
  ]
  static override args = {}
  static override flags = {
    writer: Flags.string({
      summary: 'Who writes: dataset for the digests as they are, extractive, or openai:MODEL. May be repeated.',
      helpValue: 'NAME',
      multiple: true,
      required: true,
      env: 'EP23_BENCHMARK_MATRIX_WRITER',
    }),
    judge: Flags.string({
      summary: "Who judges: lexical, llm:MODEL, or a plugin's. May be repeated.",
      helpValue: 'NAME',
      multiple: true,
      required: true,
      env: 'EP23_BENCHMARK_MATRIX_JUDGE',
    }),
    scenario: Flags.string({
      char: 's',
      summary: 'Scenario, whose prompt it is; several to compare prompts.',
      helpValue: 'NAME|FILE',
      multiple: true,
      default: ['channel_digest_ru'],
      env: 'EP23_BENCHMARK_MATRIX_SCENARIO',
    }),
    dataset: Flags.string({
      char: 'd',
      summary: 'An exported file, or the store.',
      helpValue: 'FILE|store',
      default: 'store',
      env: 'EP23_BENCHMARK_MATRIX_DATASET',
    }),
    'max-cost': positiveNumber({
      summary: 'Budget of all runs of this call together.',
      helpValue: 'X',
      env: 'EP23_BENCHMARK_MATRIX_MAX_COST',
    }),
    output: Flags.string({
      char: 'o',
      summary: 'Also write the table as Markdown.',
      helpValue: 'FILE',
      env: 'EP23_BENCHMARK_MATRIX_OUTPUT',
    }),
    'dataset-dir': runsDirFlag,
  }
  static override idempotent = true

  protected async execute({flags}: Input<typeof BenchmarkMatrix>): Promise<CommandResult<MatrixData>> {
    const {settings, progress, signal} = this.runtime
    const {
      isFile,
      hashText,
      runMatrix,
      createRunSummaries,
      costOf,
      summarizeRun,
      matrixOf,
      renderMatrix,
      matrixMarkdown,
      unreadableRuns,
    } = await loadModules()
    const env = {
      EP23_STORE: settings.store,
      EP23_DATASET_DIR: settings.datasetDir,
      EP23_QUIET: '1',
      ...(flags.config !== undefined && {EP23_CONFIG: flags.config}),
    }
    const shelf = join(settings.datasetDir, RUNS_FOLDER)
    const ran = await runMatrix(
      {
        progress,
        hash: hashText,
        async stateOf(folder) {
          if (await isFile(join(shelf, folder, RUN_FILES.result))) return 'finished'
          return (await isFile(join(shelf, folder, RUN_FILES.plan))) ? 'unfinished' : 'missing'
        },
        async run(asked, folder) {
          const {data} = await runOwnCommand(
            ['benchmark:run', ...asked, '--output', join(shelf, folder), '--allow-undecided'],
            {signal, env},
          )
          return {cost: costOf(data as Pick<RunResult, 'assessment'>)}
        },
      },
      {
        runs: matrixRuns({scenarios: flags.scenario, writers: flags.writer, judges: flags.judge}),
        common: ['--dataset', flags.dataset],
        maxCost: flags['max-cost'],
      },
    )
    const cacheFile = join(this.config.cacheDir, 'view-runs.json')
    const all = await createRunSummaries({datasetDir: settings.datasetDir, cacheFile, summarize: summarizeRun})()
    const wanted = new Set(ran.folders.map(folder => join(shelf, folder)))
    const own = all.runs.filter(({folder}) => wanted.has(folder))
    if (new Set(own.map(({head}) => head.dataset_root)).size > 1)
      throw usageError('the runs of this matrix were made over different datasets', [
        'remove the older folders under datasets/benchmarks and run it again',
      ])
    const matrix = matrixOf(own)
    if (flags.output !== undefined) await writeFileAtomically(flags.output, matrixMarkdown(matrix))
    const {folders: _, ...counts} = ran
    const warnings = unreadableRuns(all.others.filter(({run_id}) => ran.folders.includes(run_id)))
    if (ran.left > 0)
      warnings.push(
        `the budget is spent, or a cost is not known: ${ran.left} of ${ran.folders.length} runs were not begun`,
      )
    return {data: {...matrix, ...counts}, text: renderMatrix(matrix), warnings}
  }
}

async function loadModules() {
  const [
    {isFile},
    {hashText},
    {runMatrix},
    {createRunSummaries},
    {costOf, summarizeRun},
    {matrixOf},
    {renderMatrix, matrixMarkdown},
    {unreadableRuns},
  ] = await Promise.all([
    import('../../adapters/runs-directory.js'),
    import('../../adapters/sha256.js'),
    import('../../usecases/run-matrix.js'),
    import('../../adapters/run-summaries.js'),
    import('../../usecases/view/run-head.js'),
    import('../../usecases/view/matrix.js'),
    import('../../usecases/view/render-matrix.js'),
    import('../../usecases/view/render-trend.js'),
  ])
  return {
    isFile,
    hashText,
    runMatrix,
    createRunSummaries,
    costOf,
    summarizeRun,
    matrixOf,
    renderMatrix,
    matrixMarkdown,
    unreadableRuns,
  }
}
