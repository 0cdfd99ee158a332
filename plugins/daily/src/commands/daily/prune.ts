import * as Flags from '@oclif/core/flags'
import {BaseCommand, type CommandResult, datasetDirFlag, type Input, wholeNumber} from '@ep23/sdk'

import type {PruneReport} from '../../actions/prune.js'

export default class DailyPrune extends BaseCommand<typeof DailyPrune> {
  static override summary = 'Remove what is kept of old days beside the board.'
  static override description = `The board, the baselines with their anchors and what was sent are never removed: every state can be computed again from them.`
  static override examples = [{description: 'What would go', command: '<%= config.bin %> daily prune --dry-run'}]
  static override flags = {
    replies: wholeNumber({
      summary: "Days for which the judge's own words are kept.",
      default: 90,
      min: 3,
      env: 'EP23_DAILY_PRUNE_REPLIES',
    }),
    runs: wholeNumber({
      summary: 'Days for which posts, records and runs are kept.',
      default: 400,
      min: 3,
      env: 'EP23_DAILY_PRUNE_RUNS',
    }),
    'dry-run': Flags.boolean({summary: 'Remove nothing.', default: false, env: 'EP23_DAILY_PRUNE_DRY_RUN'}),
    'dataset-dir': datasetDirFlag,
  }
  static override args = {}
  static override destructive = true

  protected async execute({flags}: Input<typeof DailyPrune>): Promise<CommandResult<PruneReport>> {
    const {prune} = await import('../../actions/prune.js')
    return prune(this.runtime, flags)
  }
}
