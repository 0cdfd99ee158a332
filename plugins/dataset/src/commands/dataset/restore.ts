import {Args, Flags} from '@oclif/core'
import {BaseCommand, usageError, type CommandResult, type Input} from '@ep23/sdk'

import type {RestoreData} from '../../wiring/history-as-asked.js'

export default class DatasetRestore extends BaseCommand<typeof DatasetRestore> {
  static override summary = 'Bring back what a run overwrote or removed, or the last version of one day.'
  static override description = `Documents come back equal to what they were. What stands in their place goes into the history, so that a restore can be undone by
another. Documents that the run inserted stay.`
  static override examples = [
    '<%= config.bin %> dataset:restore RUN',
    '<%= config.bin %> dataset:restore --document @habr:2024-11-04',
  ]
  static override flags = {
    document: Flags.string({
      summary: 'Only this document, the version lost last: a digest and its review.',
      helpValue: '@channel:YYYY-MM-DD',
      env: 'EP23_DATASET_RESTORE_DOCUMENT',
    }),
  }
  static override args = {run: Args.string({description: 'The run whose losses come back; see dataset:history.'})}

  protected async execute({args, flags}: Input<typeof DatasetRestore>): Promise<CommandResult<RestoreData>> {
    const {restoreAsAsked} = await import('../../wiring/history-as-asked.js')
    if (args.run !== undefined && flags.document === undefined) return restoreAsAsked(this.runtime, {run: args.run})
    if (flags.document !== undefined && args.run === undefined)
      return restoreAsAsked(this.runtime, {document: flags.document})
    throw usageError('name either a run or a document to restore', [
      'see what can be restored: ep23 dataset:history',
      'ep23 dataset:restore RUN',
      'ep23 dataset:restore --document @habr:2024-11-04',
    ])
  }
}
