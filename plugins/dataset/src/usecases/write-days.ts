import {documentText, type Exchange, type Store, type UpsertCounts, type Message} from '@ep23/sdk'

import type {Fields} from '../domain/team-fields.js'
import type {Digest} from '../domain/digest.js'
import {digestKind, reviewKind, type DocumentKind} from '../domain/document-kind.js'
import type {ReviewReport} from '../domain/review-report.js'
import {reasonToKeep} from '../domain/worth.js'
import {readDocument} from './read-document.js'
import {versionOf} from './writer-of.js'
import {changeDocuments, changeOf, type DocumentChange, type Writing} from './change-documents.js'
import {message} from '../words/words.js'

/** Documents in one transaction; a store may be at the other end of the world, so there are many. */
const BATCH = 200
/** What differs between two runs that write the same. */
const MEASURED: ReadonlySet<string> = new Set(['latency_seconds', 'run_id', 'trace_id'])
const HOLDS_MEASURED: ReadonlySet<string> = new Set(['metadata', 'report'])

/** What is offered for one day of one channel. A review that comes with its digest follows it: both are written, or neither. */
export interface DayDocuments {
  digest?: Digest
  review?: ReviewReport
  /** The digest was written a moment ago: a review of the one before it says nothing of this one. */
  reviewFollows?: boolean
}

/** A document that was not written because the stored one is worth more. */
export interface KeptDocument<T> {
  stored: T
  reason: Message
}

export interface WrittenCounts<T> extends UpsertCounts {
  kept: KeptDocument<T>[]
}

export interface WrittenDays {
  digests: WrittenCounts<Digest>
  review_reports: WrittenCounts<ReviewReport>
}

export interface WriteOptions {
  /** Write also what is worth less than the stored. */
  replace: boolean
}

/** Writes days by the rule of worth; what is overwritten goes into the history. */
export async function writeDays(
  writing: Writing,
  days: readonly DayDocuments[],
  options: WriteOptions,
): Promise<WrittenDays> {
  const [written = noDays()] = await writeGroups(writing, [days], options)
  return written
}

/**
 * The same for days of several channels in as few round trips: some stores take as long to look up one document as a thousand.
 * @returns the counts of each group, in their order
 */
export async function writeGroups(
  writing: Writing,
  groups: readonly (readonly DayDocuments[])[],
  options: WriteOptions,
): Promise<WrittenDays[]> {
  const counts = groups.map(noDays)
  const days = groups.flatMap((group, index) => group.map(day => ({day, sum: counts[index] ?? noDays()})))
  for (let from = 0; from < days.length; from += BATCH) {
    const batch = days.slice(from, from + BATCH)
    const offered = batch.map(({day}) => day)
    const written = await changeDocuments(writing, () => decide(writing, offered, options))
    for (const [index, {sum}] of batch.entries()) addDays(sum, written[index] ?? noDays())
  }
  return counts
}

/** Adds counts to a sum, in place. */
export function addDays(sum: WrittenDays, {digests, review_reports}: WrittenDays): void {
  addCounts(sum.digests, digests)
  addCounts(sum.review_reports, review_reports)
}

/** Nothing written yet. */
export function noDays(): WrittenDays {
  const none = {inserted: 0, updated: 0, unchanged: 0}
  return {digests: {...none, kept: []}, review_reports: {...none, kept: []}}
}

interface Decision {
  changes: Exchange[]
  /** Of each day. */
  result: WrittenDays[]
}

async function decide(writing: Writing, days: readonly DayDocuments[], options: WriteOptions): Promise<Decision> {
  const stored = {
    digests: await readStored(
      writing.store,
      digestKind,
      days.flatMap(({digest}) => digest ?? []),
    ),
    reviews: await readStored(
      writing.store,
      reviewKind,
      days.flatMap(({review}) => review ?? []),
    ),
  }
  const decision: Decision = {changes: [], result: days.map(noDays)}
  const {changes} = decision
  for (const [index, {digest, review, reviewFollows = false}] of days.entries()) {
    const result = decision.result[index] ?? noDays()
    const change =
      digest && decideOne(digestKind, stored.digests, {offered: digest, counts: result.digests, ...options})
    if (change) changes.push(...changeOf(writing.run, change))
    if (review === undefined || (digest && !change)) continue
    // A review of a digest that is gone says nothing of the new one, whoever wrote it.
    const replace = options.replace || change !== undefined || reviewFollows
    const follows = decideOne(reviewKind, stored.reviews, {offered: review, counts: result.review_reports, replace})
    if (follows) changes.push(...changeOf(writing.run, follows))
  }
  return decision
}

interface Offer<T> {
  offered: T
  /** Receives what is decided. */
  counts: WrittenCounts<T>
  replace: boolean
}

/** The change to make; undefined when the stored document stays. */
function decideOne<T extends object>(
  kind: DocumentKind<T>,
  stored: ReadonlyMap<string, T>,
  {offered, counts, replace}: Offer<T>,
): DocumentChange<T> | undefined {
  const id = kind.idOf(offered)
  const before = stored.get(id)
  if (before === undefined) {
    counts.inserted += 1
    return {kind, after: offered}
  }
  if (readDocument(kind, before as Fields).isTeam) {
    counts.kept.push({stored: before, reason: message('ofOtherProgram')})
    return undefined
  }
  const reason = replace ? undefined : reasonToKeep(versionOf(kind, before), versionOf(kind, offered))
  if (replace ? documentText(before, id) === documentText(offered, id) : sameContent(before, offered, id))
    counts.unchanged += 1
  else if (reason !== undefined) counts.kept.push({stored: before, reason})
  else {
    counts.updated += 1
    return {kind, before, after: offered}
  }
  return undefined
}

async function readStored<T extends object>(
  store: Store,
  {collection, key, idOf}: DocumentKind<T>,
  offered: readonly T[],
): Promise<Map<string, T>> {
  if (offered.length === 0) return new Map()
  const found = await Array.fromAsync(store.collection<T>(collection).find({[key]: {$in: offered.map(idOf)}}))
  return new Map(found.map(document => [idOf(document), document]))
}

function sameContent(a: object, b: object, id: string): boolean {
  return documentText(withoutMeasured(a), id) === documentText(withoutMeasured(b), id)
}

function withoutMeasured(document: object): object {
  return Object.fromEntries(
    Object.entries(document)
      .filter(([name]) => !MEASURED.has(name))
      .map(([name, value]: [string, unknown]) => [
        name,
        HOLDS_MEASURED.has(name) ? withoutMeasured(value as object) : value,
      ]),
  )
}

function addCounts<T>(sum: WrittenCounts<T>, {inserted, updated, unchanged, kept}: WrittenCounts<T>): void {
  sum.inserted += inserted
  sum.updated += updated
  sum.unchanged += unchanged
  sum.kept.push(...kept)
}
