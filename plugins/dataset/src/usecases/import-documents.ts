import type {StoredDocument, Store, UpsertCounts} from '@ep23/sdk'

import {digestKind, reviewKind, type DocumentKind} from '../domain/documents/document-kind.js'
import type {ImportDefaults} from './import/imported-fields.js'
import {toDigest, toReview} from './import/to-documents.js'
import type {DocumentValidators, Validate} from './validate-documents.js'

interface IncomingDocument {
  value: unknown
  /** Refuses it: throws, or puts it into quarantine. */
  reject: (reason: string) => void
}

export interface ImportDeps {
  store: Store
  signal: AbortSignal
  validators: DocumentValidators
  lines: AsyncIterable<IncomingDocument>
  onRead: (read: number) => void
}

export interface ImportCounts extends UpsertCounts {
  read: number
  rejected: number
}

/** Brings ready digests into the store; a document that breaks its schema is refused with all reasons. */
export async function importDigests(deps: ImportDeps, defaults: ImportDefaults): Promise<ImportCounts> {
  return importKind({...digestKind, convert: toDigest, validate: deps.validators.digest}, deps, defaults)
}

/** Brings ready review reports into the store. */
export async function importReviews(deps: ImportDeps, defaults: ImportDefaults): Promise<ImportCounts> {
  return importKind({...reviewKind, convert: toReview, validate: deps.validators.reviewReport}, deps, defaults)
}

interface ImportKind<T> extends DocumentKind<T> {
  convert: (value: unknown, defaults: ImportDefaults) => object
  validate: Validate
}

async function importKind<T extends StoredDocument>(
  kind: ImportKind<T>,
  deps: ImportDeps,
  defaults: ImportDefaults,
): Promise<ImportCounts> {
  const counts = {read: 0, rejected: 0}
  const written = await deps.store
    .collection<T>(kind.collection)
    .upsertMany(soundDocuments(deps, kind, defaults, counts), kind.key)
  return {...counts, ...written}
}

// Streams: memory holds the keys that were seen, to tell a file that has two documents for one day.
async function* soundDocuments<T>(
  {lines, signal, onRead}: ImportDeps,
  kind: ImportKind<T>,
  defaults: ImportDefaults,
  counts: {read: number; rejected: number},
): AsyncGenerator<T> {
  const seen = new Set<unknown>()
  for await (const {value, reject} of lines) {
    signal.throwIfAborted()
    counts.read += 1
    const [document, problem] = convert(value, kind, defaults, seen)
    if (problem !== undefined) {
      reject(problem)
      counts.rejected += 1
    } else yield document as T
    if (counts.read % 100 === 0) onRead(counts.read)
  }
}

function convert<T>(
  value: unknown,
  kind: ImportKind<T>,
  defaults: ImportDefaults,
  seen: Set<unknown>,
): [object | undefined, string | undefined] {
  try {
    const document = kind.convert(value, defaults)
    const problems = kind.validate(document)
    if (problems.length > 0)
      return [undefined, problems.map(({pointer, message}) => `${pointer || '/'}: ${message}`).join('; ')]
    const id = (document as Record<string, unknown>)[kind.key]
    if (seen.has(id)) return [undefined, `a second document for ${String(id)}`]
    seen.add(id)
    return [document, undefined]
  } catch (error) {
    return [undefined, (error as Error).message]
  }
}
