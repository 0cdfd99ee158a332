import {badDataError, documentText, type Filter, type Store} from '@ep23/sdk'

import {digestKind, reviewKind, type DocumentKind} from '../domain/document-kind.js'
import {HISTORY, type HistoryEntry} from './history.js'
import {changeDocuments, changeOf, type Writing, ensureIndexes} from './change-documents.js'
import {message} from '../words/words.js'

const BATCH = 200

/** What to bring back: all that a run replaced or removed, or the last lost version of one document. */
export type RestoreTarget = {run: string} | {document: string}

export interface RestoreCounts {
  restored: number
  /** Stored already, equal to the version of the history. */
  unchanged: number
}

/**
 * Brings lost versions back, whatever has come in their place; that goes into the history, so that a restore can be undone as well.
 * @throws Ep23Error DATASET_NO_HISTORY (65)
 */
export async function restoreDocuments(
  writing: Writing,
  target: RestoreTarget,
): Promise<Record<'digests' | 'review_reports', RestoreCounts>> {
  const {store} = writing
  const filter = 'run' in target ? {run_id: target.run} : await lastLoss(store, target.document)
  await assertAnyVersion(store, target, filter)
  await ensureIndexes(store)
  return {
    digests: await restoreKind(writing, digestKind, filter),
    review_reports: await restoreKind(writing, reviewKind, filter),
  }
}

// A digest and its review have one id and are lost together.
async function lastLoss(store: Store, document_id: string): Promise<Filter> {
  const entries = store
    .collection<HistoryEntry>(HISTORY)
    .find({document_id}, {sort: {recorded_at: -1, entry_id: 1}, limit: 1})
  const [last] = await Array.fromAsync(entries)
  return {document_id, run_id: last?.run_id ?? ''}
}

async function assertAnyVersion(store: Store, target: RestoreTarget, filter: Filter): Promise<void> {
  const [first] = await Array.fromAsync(store.collection<HistoryEntry>(HISTORY).find(filter, {limit: 1}))
  if (first) return
  const what =
    'run' in target
      ? message('nothingReplaced', {run: target.run})
      : message('noEarlierKept', {document: target.document})
  throw badDataError('DATASET_NO_HISTORY', what, [message('whatCanBeRestored')])
}

// Each lost version of a run is of a document of its own: a run writes a document once.
async function restoreKind<T extends object>(
  writing: Writing,
  kind: DocumentKind<T>,
  filter: Filter,
): Promise<RestoreCounts> {
  const counts: RestoreCounts = {restored: 0, unchanged: 0}
  const history = writing.store.collection<HistoryEntry>(HISTORY)
  const wanted = {...filter, collection: kind.collection}
  let batch: T[] = []
  const flush = async (): Promise<void> => {
    const restored = await restoreBatch(writing, kind, batch)
    counts.restored += restored
    counts.unchanged += batch.length - restored
    batch = []
  }
  for await (const {document} of history.find(wanted, {sort: {entry_id: 1}})) {
    batch.push(document as T)
    if (batch.length === BATCH) await flush()
  }
  if (batch.length > 0) await flush()
  return counts
}

async function restoreBatch<T extends object>(
  {store, run}: Writing,
  kind: DocumentKind<T>,
  versions: readonly T[],
): Promise<number> {
  const {collection, key, idOf} = kind
  return changeDocuments({store, run}, async () => {
    const found = store.collection<T>(collection).find({[key]: {$in: versions.map(idOf)}})
    const stored = new Map(await Array.fromAsync(found, document => [idOf(document), document] as const))
    const missing = versions.filter(version => textOf(stored.get(idOf(version)), kind) !== textOf(version, kind))
    const changes = missing.flatMap(after => {
      const before = stored.get(idOf(after))
      return changeOf(run, {kind, after, ...(before && {before})})
    })
    return {changes, result: missing.length}
  })
}

function textOf<T extends object>(document: T | undefined, {idOf}: DocumentKind<T>): string | undefined {
  return document && documentText(document, idOf(document))
}
