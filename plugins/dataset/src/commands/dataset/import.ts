import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {
  BaseCommand,
  usageError,
  type CommandResult,
  type Input,
  datasetDirFlag,
  verbatim,
  type Message,
} from '@ep23/sdk'

import {ORIGINS} from '../../domain/document-values.js'
import {importTemplate, TEMPLATE_KINDS} from '../../usecases/import-template.js'
import type {ImportCounts} from '../../usecases/import-documents.js'
import {message} from '../../words/words.js'

export interface ImportData extends ImportCounts {
  file: string
  kind: 'digests' | 'review_reports'
  quarantine_path: string | null
}

export default class DatasetImport extends BaseCommand<typeof DatasetImport> {
  static override summary = "Bring ready digests or review reports into the store: the team's own, or exports."
  static override description = `Reads documents of the team's programs in all their shapes, lines of their JSONL, and exports of ep23: JSON Lines, a JSON array or
MongoDB's Extended JSON, gzipped or not. docs/team-data.md names every field; --template prints examples.
A document that says no origin is of origin "team". What is missing is refused with line and field, never guessed; a partly bad file
comes in whole or not at all, unless --skip-invalid puts its bad records aside.
A stored document is not replaced by one of less worth (synthetic < extractive < a model's < the team's or a person's), nor by one from
fewer posts: it is kept, and named, unless --replace says otherwise.
Posts are not imported but seeded: ep23 dataset:seed --from @channel=FILE writes their digests.`
  static override examples = [
    '<%= config.bin %> dataset:import digests digests.jsonl',
    '<%= config.bin %> dataset:import reviews reports.json.gz --skip-invalid',
    '<%= config.bin %> dataset:import --template digests > digests.jsonl',
  ]
  static override flags = {
    template: Flags.option({options: TEMPLATE_KINDS})({
      summary: 'Print example records to fill in, and import nothing.',
      env: 'EP23_DATASET_IMPORT_TEMPLATE',
    }),
    origin: Flags.option({options: ORIGINS})({
      summary: 'Origin of documents without one. [default: team]',
      env: 'EP23_DATASET_IMPORT_ORIGIN',
    }),
    model: Flags.string({summary: 'llm_model of documents without one.', env: 'EP23_DATASET_IMPORT_MODEL'}),
    'time-zone': Flags.string({
      summary: 'Time zone of the calendar day in generated keys.',
      default: 'Europe/Moscow',
      helpValue: 'ZONE',
      env: 'EP23_DATASET_IMPORT_TIME_ZONE',
    }),
    'skip-invalid': Flags.boolean({
      summary: 'Import the valid records of a partly invalid file; put the others into a quarantine file.',
      env: 'EP23_DATASET_IMPORT_SKIP_INVALID',
    }),
    replace: Flags.boolean({
      summary: 'Write also over documents that are worth more; dataset:restore brings back what is overwritten.',
      env: 'EP23_DATASET_IMPORT_REPLACE',
    }),
    'dataset-dir': datasetDirFlag,
  }
  static override args = {
    kind: Args.string({description: 'What the file holds.', options: ['digests', 'reviews', 'review_reports']}),
    file: Args.string({description: 'JSON Lines, a JSON array or Extended JSON, gzipped or not.'}),
  }
  static override idempotent = true
  static override makesStore = true

  protected async execute({
    flags,
    args: {kind, file},
  }: Input<typeof DatasetImport>): Promise<CommandResult<ImportData | {template: object[]}>> {
    if (flags.template !== undefined) {
      const template = importTemplate(flags.template)
      return {data: {template}, text: template.map(record => JSON.stringify(record))}
    }
    if (kind === undefined || file === undefined)
      throw usageError(message('nothingToImport'), [
        verbatim('ep23 dataset:import digests FILE'),
        verbatim('ep23 dataset:import --template digests'),
      ])
    const data = await this.import(kind === 'digests' ? kind : 'review_reports', file, flags)
    return {data, text: renderImport(data)}
  }

  private async import(
    kind: ImportData['kind'],
    file: string,
    {origin, model, replace, 'time-zone': timeZone, 'skip-invalid': skipInvalid}: Input<typeof DatasetImport>['flags'],
  ): Promise<ImportData> {
    const {openQuarantine} = await import('../../adapters/evidence/quarantine-file.js')
    const {documentRecords} = await import('../../adapters/sources/document-records.js')
    const {importDigests, importReviews} = await import('../../usecases/import-documents.js')
    const {documentValidators} = await import('../../usecases/validate-documents.js')
    const {store, run, signal, progress} = this.runtime
    const importAll = kind === 'digests' ? importDigests : importReviews
    const options = {timeZone, skipInvalid, replace, ...(origin && {origin}), ...(model && {model})}
    const quarantine = skipInvalid ? await openQuarantine(this.runtime) : undefined
    const read = () =>
      documentRecords(file, {signal, ...(quarantine && {onInvalid: invalid => quarantine.add(invalid)})})
    try {
      const counts = await progress.step(`Import ${kind}`, report => {
        const onRead = (count: number): void => report.advance(count, undefined, 'documents')
        return importAll({store, run, signal, validators: documentValidators(), read, onRead}, options)
      })
      return {file, kind, ...counts, quarantine_path: quarantine?.close() ?? null}
    } finally {
      // Also when nothing came in: what was refused, and why, is what is wanted then.
      quarantine?.close()
    }
  }
}

function renderImport({kind, read, kept, quarantine_path, ...counts}: ImportData): Message[] {
  const {inserted, updated, unchanged, rejected} = counts
  return [
    message('importCounts', {kind, read, inserted, updated, unchanged, kept: kept.length, rejected}),
    ...[...Map.groupBy(kept, ({reason}) => reason.english).values()].map(keptAlike),
    ...(quarantine_path === null ? [] : [message('rejectedIn', {quarantine_path})]),
  ]
}

function keptAlike([first, ...more]: ImportData['kept']): Message {
  const {id, reason} = first ?? {id: '', reason: verbatim('')}
  return more.length > 0 ? message('keptFirst', {id, more: more.length, reason}) : message('keptOne', {id, reason})
}
