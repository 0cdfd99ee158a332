import {
  joined,
  badDataError,
  type RunIdentity,
  type Store,
  type StoredDocument,
  type UpsertCounts,
  verbatim,
  type Message,
} from '@ep23/sdk'

import {digestKind, reviewKind, type DocumentKind} from '../domain/document-kind.js'
import type {Digest} from '../domain/digest.js'
import type {ReviewReport} from '../domain/review-report.js'
import type {IncomingDocument} from '../domain/file-record.js'
import type {FieldProblem, Fields} from '../domain/team-fields.js'
import type {DocumentValidators, Validate} from './validate-documents.js'
import {ensureIndexes} from './change-documents.js'
import {addDays, noDays, writeDays, type DayDocuments, type WrittenCounts, type WrittenDays} from './write-days.js'
import {writerOf} from './writer-of.js'
import {digestLimits, plainFields, reviewLimits} from './imported-fields.js'
import {toDigest, toReview, type Converted, type ImportDefaults} from './to-documents.js'
import {message as say} from '../words/words.js'

export interface ImportDeps {
  store: Store
  run: RunIdentity
  signal: AbortSignal
  validators: DocumentValidators
  /** The records of the file from its beginning. */
  read: () => AsyncIterable<IncomingDocument>
  onRead: (read: number) => void
}

export interface ImportOptions extends ImportDefaults {
  /** Bring in what is sound of a partly bad file. */
  skipInvalid: boolean
  /** Write also over documents that are worth more. */
  replace: boolean
}

export interface ImportCounts extends UpsertCounts {
  read: number
  rejected: number
  /** Stored documents that stay, because they are worth more than those of the file. */
  kept: {id: string; reason: Message}[]
}

/** Documents written at once. */
const BATCH = 200

/** How one kind of documents is imported. */
interface ImportKind<T> extends DocumentKind<T> {
  convert: (record: Fields, defaults: ImportDefaults) => Converted
  validate: Validate
  limits: (document: T) => FieldProblem[]
  asDay: (document: T) => DayDocuments
  countsOf: (written: WrittenDays) => WrittenCounts<T>
}

/** Brings ready digests into the store; one that breaks its schema is refused with all reasons. */
export async function importDigests(deps: ImportDeps, options: ImportOptions): Promise<ImportCounts> {
  const kind: ImportKind<Digest> = {
    ...digestKind,
    convert: toDigest,
    validate: deps.validators.digest,
    limits: digestLimits,
    asDay: digest => ({digest}),
    countsOf: ({digests}) => digests,
  }
  return importKind(kind, deps, options)
}

/** Brings ready review reports into the store. */
export async function importReviews(deps: ImportDeps, options: ImportOptions): Promise<ImportCounts> {
  const kind: ImportKind<ReviewReport> = {
    ...reviewKind,
    convert: toReview,
    validate: deps.validators.reviewReport,
    limits: reviewLimits,
    asDay: review => ({review}),
    countsOf: ({review_reports}) => review_reports,
  }
  return importKind(kind, deps, options)
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
  const total = noDays()
  await ensureIndexes(deps.store)
  for await (const batch of inBatches(soundDocuments(kind, deps, options, tally)))
    addDays(total, await writeDays(deps, batch.map(kind.asDay), options))
  if (tally.read === tally.rejected) throw nothingImported(kind, tally)
  const {kept, ...written} = kind.countsOf(total)
  const named = kept.map(({stored, reason}) => ({id: kind.idOf(stored), reason}))
  return {read: tally.read, rejected: tally.rejected, ...written, kept: named}
}

async function* inBatches<T>(items: AsyncIterable<T>): AsyncGenerator<T[]> {
  let batch: T[] = []
  for await (const item of items) {
    batch.push(item)
    if (batch.length < BATCH) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

class Tally {
  read = 0
  rejected = 0
  firstReason: Message | undefined

  reject({reject}: IncomingDocument, reason: Message): void {
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
    if (document === undefined) tally.reject(incoming, reason ?? verbatim(''))
    else yield document
    if (tally.read % 100 === 0) onRead(tally.read)
  }
}

function checked<T>(
  kind: ImportKind<T>,
  {value, problem}: IncomingDocument,
  defaults: ImportDefaults,
  seen: Set<string>,
): {document?: T; reason?: Message} {
  if (problem !== undefined) return {reason: problem}
  const {fields, problems} = plainFields(value)
  if (problems.length > 0) return {reason: inWords(problems)}
  const converted = kind.convert(fields, defaults)
  const broken = [...converted.problems, ...unmentioned(kind.validate(converted.document), converted.problems)]
  const document = converted.document as T
  if (broken.length === 0) broken.push(...kind.limits(document))
  if (broken.length > 0) return {reason: inWords(broken)}
  const id = kind.idOf(document)
  if (seen.has(id)) return {reason: say('secondDocument', {id})}
  seen.add(id)
  // Another program, or an older ep23.
  kind.metadataOf(document).written_by ??= writerOf(kind, document)
  return {document}
}

// The mapping names a missing field in the team's words; the schema would name it again.
function unmentioned(problems: readonly FieldProblem[], said: readonly FieldProblem[]): FieldProblem[] {
  if (said.length === 0) return [...problems]
  return problems.filter(
    ({pointer}) => !said.some(known => pointer.startsWith(known.pointer)) && !pointer.endsWith('_id'),
  )
}

function inWords(problems: readonly FieldProblem[]): Message {
  return joined(
    problems.map(({pointer, message}) => (pointer === '' ? message : joined([pointer, message], ': '))),
    '; ',
  )
}

function nothingImported({title}: {title: string}, {read, firstReason}: Tally): Error {
  const why = read === 0 ? say('fileHasNoRecords') : say('noneValid', {read, first: firstReason ?? ''})
  return badDataError('DATASET_NOTHING_IMPORTED', say('nothingCameIn', {title, why}), [say('seeTemplate')])
}
