import {Args, Flags} from '@oclif/core'
import {BaseCommand, type CommandResult, type Input} from '@ep23/sdk'

import {ORIGINS} from '../../domain/documents/origin.js'
import {datasetDirFlag} from '../../flags.js'
import type {ImportData} from '../../wiring/import-as-asked.js'

export default class DatasetImport extends BaseCommand<typeof DatasetImport> {
  static override summary = "Bring the team's existing digests or review reports into the store, from JSON Lines."
  static override description = `Dates may be ISO 8601 or Extended JSON, channels @name or t.me/name; a missing key is made of channel and day.
Metadata that documents do not carry can be said for all of them (--origin, --model); what is missing then is refused, never guessed.
Posts are not imported but seeded: ep23 dataset:seed --from @channel=FILE writes their digests.`
  static override examples = [
    '<%= config.bin %> dataset:import digests digests.jsonl --origin telegram',
    '<%= config.bin %> dataset:import review_reports reports.jsonl.gz --skip-invalid',
  ]
  static override flags = {
    origin: Flags.option({options: ORIGINS})({
      summary: 'Origin of documents that do not say theirs.',
      env: 'EP23_DATASET_IMPORT_ORIGIN',
    }),
    model: Flags.string({summary: 'llm_model of documents that do not say theirs.', env: 'EP23_DATASET_IMPORT_MODEL'}),
    'time-zone': Flags.string({
      summary: 'Zone of the calendar day in a key that is made.',
      default: 'Europe/Moscow',
      helpValue: 'ZONE',
      env: 'EP23_DATASET_IMPORT_TIME_ZONE',
    }),
    'skip-invalid': Flags.boolean({
      summary: 'Keep the fine documents of a partly bad file; the bad ones go to a quarantine file.',
      env: 'EP23_DATASET_IMPORT_SKIP_INVALID',
    }),
    'dataset-dir': datasetDirFlag,
  }
  static override args = {
    kind: Args.string({description: 'What the file holds.', options: ['digests', 'review_reports'], required: true}),
    file: Args.string({description: 'JSON Lines, gzipped or not.', required: true}),
  }
  static override idempotent = true

  protected async execute({flags, args}: Input<typeof DatasetImport>): Promise<CommandResult<ImportData>> {
    const {importAsAsked} = await import('../../wiring/import-as-asked.js')
    return importAsAsked(this.runtime, args, flags)
  }
}
