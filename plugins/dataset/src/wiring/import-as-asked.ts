import type {CommandResult, Runtime} from '@ep23/sdk'

import {documentLines} from '../adapters/documents/document-lines.js'
import type {Origin} from '../domain/documents/origin.js'
import {importDigests, importReviews, type ImportCounts} from '../usecases/import-documents.js'
import {documentValidators} from '../usecases/validate-documents.js'
import {countedQuarantine} from './counted-quarantine.js'

interface ImportFlags {
  origin?: Origin | undefined
  model?: string | undefined
  'time-zone': string
  'skip-invalid'?: boolean | undefined
}

export interface ImportData extends ImportCounts {
  file: string
  kind: string
  quarantine_path: string | null
}

/** `dataset:import`: ready documents of either kind. */
export async function importAsAsked(
  runtime: Runtime,
  {kind, file}: {kind: string; file: string},
  {origin, model, 'time-zone': timeZone, 'skip-invalid': skipInvalid = false}: ImportFlags,
): Promise<CommandResult<ImportData>> {
  const {store, signal, progress} = runtime
  const importAll = kind === 'digests' ? importDigests : importReviews
  const defaults = {timeZone, ...(origin && {origin}), ...(model && {model})}
  const quarantine = skipInvalid ? await countedQuarantine(runtime) : undefined
  const lines = documentLines(file, {signal, ...(quarantine && {onInvalid: invalid => quarantine.add(invalid)})})
  const {counts} = await progress.run<{counts?: ImportCounts}>(
    [
      {
        title: `Import ${kind}`,
        async run(state, report) {
          const onRead = (read: number): void => report.advance(read, undefined, 'documents')
          state.counts = await importAll({store, signal, validators: documentValidators(), lines, onRead}, defaults)
        },
      },
    ],
    {},
  )
  const data = {file, kind, ...(counts as ImportCounts), quarantine_path: quarantine?.close() ?? null}
  return {data, text: renderImport(data)}
}

function renderImport({kind, read, inserted, updated, unchanged, rejected, quarantine_path}: ImportData): string[] {
  const summary = `${kind}: ${read} read, ${inserted} inserted, ${updated} updated, ${unchanged} unchanged, ${rejected} rejected`
  return quarantine_path === null ? [summary] : [summary, `rejected documents: ${quarantine_path}`]
}
