import {Args, Flags} from '@oclif/core'
import {BaseCommand, usageError, type CommandResult, type Input, verbatim, type Message} from '@ep23/sdk'

import {restoreDocuments, type RestoreCounts, type RestoreTarget} from '../../usecases/restore-documents.js'
import {message} from '../../words/words.js'

export interface RestoreData {
  digests: RestoreCounts
  review_reports: RestoreCounts
}

export default class DatasetRestore extends BaseCommand<typeof DatasetRestore> {
  static override summary = 'Bring back what a run overwrote or removed, or the last version of one day.'
  static override description = `Documents come back as they were. What replaced them goes into the history, so another restore can undo this one.
Documents that the run inserted stay.`
  static override examples = [
    '<%= config.bin %> dataset:restore RUN',
    '<%= config.bin %> dataset:restore --document @habr:2024-11-04',
  ]
  static override flags = {
    document: Flags.string({
      summary: 'Only this document, its latest replaced or removed version: a digest and its review.',
      helpValue: '@channel:YYYY-MM-DD',
      env: 'EP23_DATASET_RESTORE_DOCUMENT',
    }),
  }
  static override args = {run: Args.string({description: 'The run to undo; see dataset:history.'})}

  protected async execute({args, flags}: Input<typeof DatasetRestore>): Promise<CommandResult<RestoreData>> {
    const target = targetOf(args.run, flags.document)
    const {store, run} = this.runtime
    const data = await restoreDocuments({store, run}, target)
    return {data, text: renderRestore(data, run.run_id)}
  }
}

function targetOf(run: string | undefined, document: string | undefined): RestoreTarget {
  if (run !== undefined && document === undefined) return {run}
  if (document !== undefined && run === undefined) return {document}
  throw usageError(message('runOrDocument'), [
    message('whatCanBeRestored'),
    verbatim('ep23 dataset:restore RUN'),
    verbatim('ep23 dataset:restore --document @habr:2024-11-04'),
  ])
}

function renderRestore({digests, review_reports: reviews}: RestoreData, run: string): Message[] {
  const unchanged = digests.unchanged + reviews.unchanged
  const counts = {digests: digests.restored, reviews: reviews.restored}
  return [
    unchanged > 0 ? message('restoredSome', {...counts, unchanged}) : message('restoredBoth', counts),
    ...(digests.restored + reviews.restored > 0 ? [message('undo', {run})] : []),
  ]
}
