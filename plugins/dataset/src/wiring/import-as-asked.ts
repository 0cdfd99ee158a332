import type {CommandResult, Runtime} from '@ep23/sdk'

import {documentRecords} from '../adapters/sources/document-records.js'
import type {Origin} from '../domain/origin.js'
import {importDigests, importReviews, type ImportCounts} from '../usecases/import/import-documents.js'
import {documentValidators} from '../usecases/documents/validate-documents.js'
import {countedQuarantine} from './counted-quarantine.js'

interface ImportFlags {
  origin?: Origin | undefined
  model?: string | undefined
  replace?: boolean | undefined
  'time-zone': string
  'skip-invalid'?: boolean | undefined
}

export interface ImportData extends ImportCounts {
  file: string
  kind: 'digests' | 'review_reports'
  quarantine_path: string | null
}

/** `dataset:import`: ready documents of either kind. */
export async function importAsAsked(
  runtime: Runtime,
  {kind, file}: {kind: ImportData['kind']; file: string},
  {origin, model, replace = false, 'time-zone': timeZone, 'skip-invalid': skipInvalid = false}: ImportFlags,
): Promise<CommandResult<ImportData>> {
  const {store, run, signal, progress} = runtime
  const importAll = kind === 'digests' ? importDigests : importReviews
  const options = {timeZone, skipInvalid, replace, ...(origin && {origin}), ...(model && {model})}
  const quarantine = skipInvalid ? await countedQuarantine(runtime) : undefined
  const read = () => documentRecords(file, {signal, ...(quarantine && {onInvalid: invalid => quarantine.add(invalid)})})
  try {
    const {counts} = await progress.run<{counts?: ImportCounts}>(
      [
        {
          title: `Import ${kind}`,
          async run(state, report) {
            const onRead = (count: number): void => report.advance(count, undefined, 'documents')
            state.counts = await importAll(
              {store, run, signal, validators: documentValidators(), read, onRead},
              options,
            )
          },
        },
      ],
      {},
    )
    const data = {file, kind, ...(counts as ImportCounts), quarantine_path: quarantine?.close() ?? null}
    return {data, text: renderImport(data)}
  } finally {
    // Also when nothing came in: what was refused, and why, is what is wanted then.
    quarantine?.close()
  }
}

function renderImport({
  kind,
  read,
  inserted,
  updated,
  unchanged,
  kept,
  rejected,
  quarantine_path,
}: ImportData): string[] {
  const counts = `${inserted} inserted, ${updated} updated, ${unchanged} unchanged, ${kept.length} kept, ${rejected} rejected`
  return [
    `${kind}: ${read} read, ${counts}`,
    ...[...Map.groupBy(kept, ({reason}) => reason)].map(
      ([reason, [first, ...more]]) =>
        `kept ${first?.id}${more.length > 0 ? ` and ${more.length} more` : ''}: ${reason}; --replace overwrites`,
    ),
    ...(quarantine_path === null ? [] : [`rejected documents: ${quarantine_path}`]),
  ]
}
