import {Ep23Error, EXIT, documentText, type Exchange, type RunIdentity, type Store, type Filter} from '@ep23/sdk'

import {type DocumentKind, digestKind, reviewKind} from '../domain/document-kind.js'
import {HISTORY, type HistoryEntry} from './history.js'
import {sha256OfJson} from './writer-of.js'
import {message} from '../words/words.js'

/** How often a batch is decided again because other processes write the same documents. */
const ATTEMPTS = 8
const KIB = 1024

/** Who writes, and where. */
export interface Writing {
  store: Store
  run: RunIdentity
}

/** A document that changes: as it was read, and as it is to be; what is absent is not there. */
export interface DocumentChange<T extends object> {
  kind: DocumentKind<T>
  before?: T
  after?: T
}

/**
 * The one way in which digests and review reports are written: nothing is overwritten that the caller has not read. When another
 * process was faster, `decide` is asked again; the result is what its last answer carries. Its changes are made by `changeOf`.
 * @throws Ep23Error STORE_CONTENDED (75) when others go on writing the same documents
 */
export async function changeDocuments<R>(
  {store}: Writing,
  decide: () => Promise<{changes: readonly Exchange[]; result: R}>,
): Promise<R> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const {changes, result} = await decide()
    const stale = await store.exchange(await overKnownEntries(store, changes))
    if (stale.length === 0) return result
  }
  throw new Ep23Error(message('othersWrite', {location: store.location}), {
    code: 'STORE_CONTENDED',
    exit: EXIT.tryAgain,
    suggestions: [message('waitForOthers')],
  })
}

// The same version may be there already: put there by a run that was killed before it wrote, or lost before and restored.
async function overKnownEntries(store: Store, changes: readonly Exchange[]): Promise<Exchange[]> {
  const ids = changes.flatMap(({collection, after}) => (collection === HISTORY ? entryId(after) : []))
  if (ids.length === 0) return [...changes]
  const found = store.collection<HistoryEntry>(HISTORY).find({entry_id: {$in: ids}})
  const known = new Map(await Array.fromAsync(found, entry => [entry.entry_id, entry] as const))
  return changes.map(change => {
    const before = change.collection === HISTORY ? known.get(entryId(change.after)) : undefined
    return before ? {...change, before} : change
  })
}

function entryId(entry: object | undefined): string {
  return (entry as HistoryEntry | undefined)?.entry_id ?? ''
}

/**
 * The change of one document, and before it the entry of the history that keeps the lost version: on a store without transactions
 * a process killed between the two has lost nothing.
 */
export function changeOf<T extends object>(run: RunIdentity, {kind, before, after}: DocumentChange<T>): Exchange[] {
  const change = {collection: kind.collection, key: kind.key, ...(before && {before}), ...(after && {after})}
  if (before === undefined) return [change]
  return [{collection: HISTORY, key: 'entry_id', after: entryOf(run, kind, before, after === undefined)}, change]
}

function entryOf<T extends object>(
  run: RunIdentity,
  kind: DocumentKind<T>,
  document: T,
  removed: boolean,
): HistoryEntry {
  const document_id = kind.idOf(document)
  const version = sha256OfJson(document).slice(0, 16)
  return {
    entry_id: [kind.collection, document_id, version].join(' '),
    collection: kind.collection,
    document_id,
    channel: kind.channelOf(document),
    day: dayOf(document_id, kind.createdAt(document)),
    action: removed ? 'removed' : 'replaced',
    run_id: run.run_id,
    command: run.command,
    recorded_at: run.started_at,
    size_kib: String(Math.ceil(Buffer.byteLength(documentText(document, document_id)) / KIB)),
    document,
  }
}

function dayOf(id: string, createdAt: Date): string {
  return /\d{4}-\d{2}-\d{2}$/u.exec(id)?.[0] ?? createdAt.toISOString().slice(0, 10)
}

const BATCH = 200

/** Removes what a filter finds into the history, batch by batch; returns how many documents. */
export async function removeDocuments<T extends object>(
  writing: Writing,
  kind: DocumentKind<T>,
  filter: Filter,
): Promise<number> {
  const documents = writing.store.collection<T>(kind.collection)
  const options = {sort: {[kind.key]: 1}, limit: BATCH} as const
  for (let removed = 0; ;) {
    const now = await changeDocuments(writing, async () => {
      const found = await Array.fromAsync(documents.find(filter, options))
      return {changes: found.flatMap(before => changeOf(writing.run, {kind, before})), result: found.length}
    })
    removed += now
    if (now < BATCH) return removed
  }
}

/** Indexes for the ways in which documents are looked up; that of the key is the store's own care when it writes. */
export async function ensureIndexes(store: Store): Promise<void> {
  for (const {collection, channelField} of [digestKind, reviewKind])
    await store.collection(collection).ensureIndex({fields: [channelField, 'created_at']})
  for (const fields of [['run_id'], ['document_id'], ['recorded_at']])
    await store.collection(HISTORY).ensureIndex({fields})
}
