import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {memoryStore} from '@ep23/sdk/testing'
import type {Store} from '@ep23/sdk'

import {documentRecords} from '#src/adapters/sources/document-records.js'
import type {InvalidRecord} from '#src/domain/file-record.js'
import {importDigests, importReviews, type ImportCounts, type ImportOptions} from '#src/usecases/import-documents.js'
import {documentValidators} from '#src/usecases/validate-documents.js'

const validators = documentValidators()

export interface Imported {
  counts: ImportCounts
  invalid: InvalidRecord[]
  stored: Record<string, any>[]
  store: Store
}

/** Imports a file with this content into a store of its own. */
export async function imported(
  content: string | Buffer,
  kind: 'digests' | 'review_reports' = 'digests',
  options: Partial<ImportOptions> = {},
): Promise<Imported> {
  const folder = mkdtempSync(join(tmpdir(), 'ep23-import-'))
  try {
    const file = join(folder, 'file.jsonl')
    writeFileSync(file, content)
    const store = memoryStore()
    const invalid: InvalidRecord[] = []
    const {signal} = new AbortController()
    const {skipInvalid = true} = options
    const onInvalid = (record: InvalidRecord): void => void invalid.push({...record, file: 'file.jsonl'})
    const read = () => documentRecords(file, {signal, ...(skipInvalid && {onInvalid})})
    const importAll = kind === 'digests' ? importDigests : importReviews
    const run = {run_id: 'run-1', trace_id: 'trace-1', command: 'dataset:import', started_at: new Date(0)}
    const deps = {store, run, signal, validators, read, onRead: () => undefined}
    const counts = await importAll(deps, {timeZone: 'Europe/Moscow', replace: false, ...options, skipInvalid})
    return {counts, invalid, stored: await Array.fromAsync(store.collection<Record<string, any>>(kind).find()), store}
  } finally {
    rmSync(folder, {recursive: true, force: true})
  }
}
