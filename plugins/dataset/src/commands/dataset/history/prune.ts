import {BaseCommand, wholeNumber, type CommandResult, type Input} from '@ep23/sdk'

import type {PruneData} from '../../../wiring/history-as-asked.js'

export default class DatasetHistoryPrune extends BaseCommand<typeof DatasetHistoryPrune> {
  static override summary = 'Forget overwritten and removed documents that are older than the settings allow.'
  static override description =
    'Seeding does the same by itself when it has overwritten something. What is forgotten cannot be restored.'
  static override examples = [
    '<%= config.bin %> dataset:history:prune',
    '<%= config.bin %> dataset:history:prune --days 30',
  ]
  static override flags = {
    days: wholeNumber({
      summary: 'Keep versions of this many days. [default: dataset.history.days, or 90]',
      env: 'EP23_DATASET_HISTORY_PRUNE_DAYS',
    }),
    mib: wholeNumber({
      summary: 'Keep at most this many MiB. [default: dataset.history.mib, or 1024]',
      env: 'EP23_DATASET_HISTORY_PRUNE_MIB',
    }),
  }
  static override args = {}
  static override destructive = true
  static override idempotent = true

  protected async execute({flags}: Input<typeof DatasetHistoryPrune>): Promise<CommandResult<PruneData>> {
    const {pruneAsAsked} = await import('../../../wiring/history-as-asked.js')
    return pruneAsAsked(this.runtime, flags)
  }
}
