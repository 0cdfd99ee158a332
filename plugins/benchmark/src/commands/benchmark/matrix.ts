import {BaseCommand, type CommandResult, type Input} from '@ep23/sdk'
import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'

import type {MatrixData} from '../../actions/matrix.js'
import {runsDirFlag} from '../../flags.js'
import {positiveNumber} from '../../judge-flags.js'

export default class BenchmarkMatrix extends BaseCommand<typeof BenchmarkMatrix> {
  static override summary = 'Run writers by judges over one dataset, what is missing of it, and show who is better.'
  static override description = `Every run is one of benchmark:run, in a folder of its own name: called again, finished ones are kept and a stopped one goes on.
FILE holds the same with settings and prices of each model, so that one max_cost is for all of it.
Differences are tested on the digests that both wrote, channels as clusters, p by Holm over the whole table.`
  static override examples = [
    '<%= config.bin %> benchmark:matrix --writer dataset --writer openai:qwen3 --judge lexical --judge llm:judge-model',
    '<%= config.bin %> benchmark:matrix --writer dataset --writer extractive --judge lexical --output matrix.md',
    '<%= config.bin %> benchmark:matrix matrix.yaml',
  ]
  static override args = {
    file: Args.string({
      description: 'YAML with writers, judges and prompts, with settings and prices; instead of the flags.',
    }),
  }
  static override flags = {
    writer: Flags.string({
      summary: 'Who writes: dataset for the digests as they are, extractive, or openai:MODEL. May be repeated.',
      helpValue: 'NAME',
      multiple: true,
      env: 'EP23_BENCHMARK_MATRIX_WRITER',
    }),
    judge: Flags.string({
      summary: "Who judges: lexical, llm:MODEL, or a plugin's. May be repeated.",
      helpValue: 'NAME',
      multiple: true,
      env: 'EP23_BENCHMARK_MATRIX_JUDGE',
    }),
    scenario: Flags.string({
      char: 's',
      summary: 'Scenario, whose prompt it is; several to compare prompts. [default: channel_digest_ru]',
      helpValue: 'NAME|FILE',
      multiple: true,
      env: 'EP23_BENCHMARK_MATRIX_SCENARIO',
    }),
    dataset: Flags.string({
      char: 'd',
      summary: 'An exported file, or the store. [default: store]',
      helpValue: 'FILE|store',
      env: 'EP23_BENCHMARK_MATRIX_DATASET',
    }),
    'max-cost': positiveNumber({
      summary: 'Budget of all runs of this call together; with FILE, of those before it as well.',
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

  protected async execute({args, flags}: Input<typeof BenchmarkMatrix>): Promise<CommandResult<MatrixData>> {
    const {makeMatrix} = await import('../../actions/matrix.js')
    return makeMatrix(this.runtime, flags, {file: args.file, cacheDir: this.config.cacheDir})
  }
}
