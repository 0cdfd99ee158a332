import {BaseCommand, type CommandResult, type Input} from '@ep23/sdk'
import * as Flags from '@oclif/core/flags'

import {runsDirFlag, runArg} from '../../flags.js'
import type {ShownRun} from '../../usecases/show-run.js'

export default class BenchmarkShow extends BaseCommand<typeof BenchmarkShow> {
  static override summary = 'Show a run: scores with intervals, gates, what was not measured; or one of its samples.'
  static override examples = [
    '<%= config.bin %> benchmark:show latest',
    '<%= config.bin %> benchmark:show latest --sample @habr:2024-11-04',
  ]
  static override args = {run: runArg}
  static override flags = {
    sample: Flags.string({
      summary: 'One sample: its texts, scores and the raw answers behind them.',
      helpValue: 'ID',
      env: 'EP23_BENCHMARK_SHOW_SAMPLE',
    }),
    'dataset-dir': runsDirFlag,
  }
  static override readOnly = true

  protected async execute({flags, args}: Input<typeof BenchmarkShow>): Promise<CommandResult<ShownRun>> {
    const [{findRun}, {showRun}, {renderShownRun}] = await Promise.all([
      import('../../adapters/runs-directory.js'),
      import('../../usecases/show-run.js'),
      import('../../usecases/show-run.js'),
    ])
    const data = await showRun(await findRun(this.runtime.settings.datasetDir, args.run), flags.sample)
    return {data, text: renderShownRun(data, this.runtime.settings.lang)}
  }
}
