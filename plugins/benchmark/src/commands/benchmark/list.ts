import {BaseCommand, type CommandResult, type Input, wholeNumber} from '@ep23/sdk'
import * as Flags from '@oclif/core/flags'

import {runsDirFlag} from '../../flags.js'
import type {RunList} from '../../usecases/list-runs.js'

export default class BenchmarkList extends BaseCommand<typeof BenchmarkList> {
  static override summary = 'List runs, the newest first, and baselines.'
  static override examples = [
    '<%= config.bin %> benchmark:list',
    '<%= config.bin %> benchmark:list --scenario channel_digest_ru --limit 5 --json',
  ]
  static override flags = {
    scenario: Flags.string({
      summary: 'Only runs of this scenario.',
      helpValue: 'NAME',
      env: 'EP23_BENCHMARK_LIST_SCENARIO',
    }),
    limit: wholeNumber({summary: 'At most so many runs.', min: 1, default: 20, env: 'EP23_BENCHMARK_LIST_LIMIT'}),
    'dataset-dir': runsDirFlag,
  }
  static override args = {}
  static override readOnly = true

  protected async execute({flags}: Input<typeof BenchmarkList>): Promise<CommandResult<RunList>> {
    const [{listRuns}, {listBaselines}, {toRunList, renderRunList}] = await Promise.all([
      import('../../adapters/runs-directory.js'),
      import('../../adapters/baselines.js'),
      import('../../usecases/list-runs.js'),
    ])
    const {datasetDir} = this.runtime.settings
    const runs = await listRuns(datasetDir)
    const data = toRunList(runs, await listBaselines(datasetDir), flags)
    return {data, text: renderRunList(data, flags)}
  }
}
