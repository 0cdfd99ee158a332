import {badDataError, type Store, type StoredDocument, type UpsertCounts} from '@ep23/sdk'

import {digestKind, reviewKind, type DocumentKind} from '../../domain/documents/document-kind.js'
import type {IncomingDocument} from '../../domain/incoming-document.js'
import type {FieldProblem, Fields} from '../../domain/team/team-fields.js'
import type {DocumentValidators, Validate} from '../validate-documents.js'
import {digestLimits, plainFields, reviewLimits} from './imported-fields.js'
import {toDigest, toReview, type Converted, type ImportDefaults} from './to-documents.js'

export interface ImportDeps {
  store: Store
  signal: AbortSignal
  validators: DocumentValidators
  /** The records of the file from its beginning. */
  read: () => AsyncIterable<IncomingDocument>
  onRead: (read: number) => void
}

export interface ImportOptions extends ImportDefaults {
  /** Bring in what is sound of a partly bad file. */
  skipInvalid: boolean
}

export interface ImportCounts extends UpsertCounts {
  read: number
  rejected: number
}

/** How one kind of documents is imported. */
interface ImportKind<T> extends DocumentKind<T> {
  convert: (record: Fields, defaults: ImportDefaults) => Converted
  validate: Validate
  limits: (document: T) => FieldProblem[]
}

/** Brings ready digests into the store; one that breaks its schema is refused with all reasons. */
export async function importDigests(deps: ImportDeps, options: ImportOptions): Promise<ImportCounts> {
  const validate = deps.validators.digest
  return importKind({...digestKind, convert: toDigest, validate, limits: digestLimits}, deps, options)
}

/** Brings ready review reports into the store. */
export async function importReviews(deps: ImportDeps, options: ImportOptions): Promise<ImportCounts> {
  const validate = deps.validators.reviewReport
  return importKind({...reviewKind, convert: toReview, validate, limits: reviewLimits}, deps, options)
}

/**
 * Without `skipInvalid` the whole file is checked before anything is written: it comes in whole or not at all.
 * @throws Ep23Error DATASET_NOTHING_IMPORTED (65) when no record is sound
 */
async function importKind<T extends StoredDocument>(
  kind: ImportKind<T>,
  deps: ImportDeps,
  options: ImportOptions,
): Promise<ImportCounts> {
  if (!options.skipInvalid) for await (const _ of soundDocuments(kind, deps, options, new Tally())) continue
  const tally = new Tally()
  const written = await deps.store
    .collection<T>(kind.collection)
    .upsertMany(soundDocuments(kind, deps, options, tally), kind.key)
  if (tally.read === tally.rejected) throw nothingImported(kind, tally)
  return {read: tally.read, rejected: tally.rejected, ...written}
}

class Tally {
  read = 0
  rejected = 0
  firstReason: string | undefined

  reject({reject}: IncomingDocument, reason: string): void {
    reject(reason)
    this.rejected += 1
    this.firstReason ??= reason
  }
}

// Streams: memory holds the keys that were seen, to tell a file that has two documents with one key.
async function* soundDocuments<T>(
  kind: ImportKind<T>,
  {read, signal, onRead}: ImportDeps,
  defaults: ImportDefaults,
  tally: Tally,
): AsyncGenerator<T> {
  const seen = new Set<string>()
  for await (const incoming of read()) {
    signal.throwIfAborted()
    tally.read += 1
    const {document, reason} = checked(kind, incoming, defaults, seen)
    if (document === undefined) tally.reject(incoming, reason ?? '')
    else yield document
    if (tally.read % 100 === 0) onRead(tally.read)
  }
}

function checked<T>(
  kind: ImportKind<T>,
  {value, problem}: IncomingDocument,
  defaults: ImportDefaults,
  seen: Set<string>,
): {document?: T; reason?: string} {
  if (problem !== undefined) return {reason: problem}
  const {fields, problems} = plainFields(value)
  if (problems.length > 0) return {reason: inWords(problems)}
  const converted = kind.convert(fields, defaults)
  const broken = [...converted.problems, ...unmentioned(kind.validate(converted.document), converted.problems)]
  const document = converted.document as T
  if (broken.length === 0) broken.push(...kind.limits(document))
  if (broken.length > 0) return {reason: inWords(broken)}
  const id = kind.idOf(document)
  if (seen.has(id)) return {reason: `a second document for ${id}`}
  seen.add(id)
  return {document}
}

// The mapping names a missing field in the team's words; the schema would name it again.
function unmentioned(problems: readonly FieldProblem[], said: readonly FieldProblem[]): FieldProblem[] {
  if (said.length === 0) return [...problems]
  return problems.filter(
    ({pointer}) => !said.some(known => pointer.startsWith(known.pointer)) && !pointer.endsWith('_id'),
  )
}

function inWords(problems: readonly FieldProblem[]): string {
  return problems.map(({pointer, message}) => (pointer === '' ? message : `${pointer}: ${message}`)).join('; ')
}

function nothingImported({title}: {title: string}, {read, firstReason}: Tally): Error {
  const why = read === 0 ? 'the file has no records' : `none of ${read} records is sound; the first: ${firstReason}`
  return badDataError('DATASET_NOTHING_IMPORTED', `no ${title} came in: ${why}`, [
    'see the form that is read: ep23 dataset:import --template digests (or reviews)',
  ])
}
