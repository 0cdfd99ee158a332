import {BaseCommand, wholeNumber, type CommandResult, type Input} from '@ep23/sdk'

import {historySize, pruneHistory, retentionOf, type HistorySize, type Retention} from '../../../usecases/history.js'
import {message} from '../../../words/words.js'

export interface PruneData {
  forgotten: HistorySize
  left: HistorySize
  retention: Retention
}

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
    const {store, clock, settings} = this.runtime
    const configured = retentionOf(settings.section('dataset'))
    const retention = {days: flags.days ?? configured.days, mib: flags.mib ?? configured.mib}
    const forgotten = await pruneHistory({store, clock}, retention)
    const left = await historySize(store)
    const text = message('versionsPruned', {
      ...{versions: forgotten.entries, kibibytes: forgotten.size_kib},
      ...{left: left.entries, leftKibibytes: left.size_kib},
    })
    return {data: {forgotten, left, retention}, text: [text]}
  }
}
