import {Args, Flags} from '@oclif/core'
import {BaseCommand, type CommandResult, type Input} from '@ep23/sdk'

import {ORIGINS} from '../../domain/origin.js'
import {datasetDirFlag} from '../../flags.js'
import type {ImportCounts} from '../../usecases/import-documents.js'

interface ImportData extends ImportCounts {
  file: string
  kind: string
  quarantine_path: string | null
}

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
    const {settings, store, signal, progress} = this.runtime
    const [{documentLines}, {openQuarantine}, {importDigests, importReviews}, {documentValidators}] = await Promise.all(
      [
        import('../../adapters/documents/document-lines.js'),
        import('../../adapters/sources/open-quarantine.js'),
        import('../../usecases/import-documents.js'),
        import('../../usecases/validate-documents.js'),
      ],
    )
    const {origin, model, 'time-zone': timeZone} = flags
    const defaults = {timeZone, ...(origin && {origin}), ...(model && {model})}
    const importAll = args.kind === 'digests' ? importDigests : importReviews
    const quarantine = flags['skip-invalid']
      ? await openQuarantine(settings.datasetDir, this.runtime.run.run_id)
      : undefined
    const lines = documentLines(args.file, {signal, ...(quarantine && {onInvalid: invalid => quarantine.add(invalid)})})
    const {counts} = await progress.run<{counts?: ImportCounts}>(
      [
        {
          title: `Import ${args.kind}`,
          async run(state, report) {
            const onRead = (read: number): void => report.advance(read, undefined, 'documents')
            state.counts = await importAll({store, signal, validators: documentValidators(), lines, onRead}, defaults)
          },
        },
      ],
      {},
    )
    const data = {
      file: args.file,
      kind: args.kind,
      ...(counts as ImportCounts),
      quarantine_path: quarantine?.close() ?? null,
    }
    return {data, text: renderImport(data)}
  }
}

function renderImport({kind, read, inserted, updated, unchanged, rejected, quarantine_path}: ImportData): string[] {
  const summary = `${kind}: ${read} read, ${inserted} inserted, ${updated} updated, ${unchanged} unchanged, ${rejected} rejected`
  return quarantine_path === null ? [summary] : [summary, `rejected documents: ${quarantine_path}`]
}
