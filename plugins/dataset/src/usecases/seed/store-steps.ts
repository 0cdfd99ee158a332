import {Ep23Error, EXIT, type StepReport, type StoredDocument} from '@ep23/sdk'

import {digestKind, reviewKind, type DocumentKind} from '../../domain/documents/document-kind.js'
import {noOrigins} from '../../domain/documents/origin.js'
import type {SeedOptions} from '../../domain/seed-options.js'
import type {Validate} from '../validate-documents.js'
import {countTwice} from './count-documents.js'
import {refuseTooFew, refuseTooSynthetic} from './refuse-dataset.js'
import type {SeedDeps} from './seed-deps.js'
import type {ChannelState, DocumentSet, SeedState} from './seed-state.js'
import {ensureIndexes, plannedCounts, removeOutside, writeDocuments} from './upsert-documents.js'

/** Holds the whole dataset against policy and schema before anything is written. */
export function validateDataset({validators}: SeedDeps, options: SeedOptions, state: SeedState): void {
  refuseTooSynthetic(state, options)
  refuseTooFew(state, options)
  for (const {digests, reviews} of state.channels) {
    for (const digest of digests.wanted) requireValid(validators.digest, digest, digestKind.idOf(digest))
    for (const review of reviews.wanted) requireValid(validators.reviewReport, review, reviewKind.idOf(review))
  }
}

/** With `--plan`: what would be written. */
export function planWrites({channels}: SeedState): void {
  for (const {digests, reviews} of channels) {
    planSet(digestKind, digests)
    planSet(reviewKind, reviews)
  }
}

/** Writes what changed, channel by channel. */
export async function writeAll(
  deps: SeedDeps,
  options: SeedOptions,
  state: SeedState,
  report: StepReport,
): Promise<void> {
  await ensureIndexes(deps.store, digestKind)
  await ensureIndexes(deps.store, reviewKind)
  for (const [index, channel] of state.channels.entries()) {
    deps.signal.throwIfAborted()
    await writeSet(deps, digestKind, channel, channel.digests, options, state)
    await writeSet(deps, reviewKind, channel, channel.reviews, options, state)
    countWritten(deps, channel)
    report.advance(index + 1, state.channels.length, 'channels')
  }
}

/** Counts what the store holds now, by two different ways. */
export async function countAllTwice({store}: SeedDeps, {channels, window}: SeedState): Promise<void> {
  for (const {name, digests, reviews} of channels) {
    digests.counted = await countTwice(store, digestKind, name, window)
    reviews.counted = await countTwice(store, reviewKind, name, window)
    Object.assign(digests.counts, digests.counted.grouped)
    Object.assign(reviews.counts, reviews.counted.grouped)
  }
}

function requireValid(validate: Validate, document: unknown, id: string): void {
  const [problem] = validate(document)
  if (problem === undefined) return
  throw new Ep23Error(`${id} breaks its schema at ${problem.pointer || '/'}: ${problem.message}`, {
    code: 'DATASET_INVALID_DOCUMENT',
    exit: EXIT.badData,
    suggestions: ['look at the posts of that day', 'or leave the channel out'],
  })
}

function planSet<T>(kind: DocumentKind<T>, set: DocumentSet<T>): void {
  const totals = {...noOrigins(), total: set.wanted.length}
  for (const document of set.wanted) totals[kind.originOf(document)] += 1
  Object.assign(set.counts, plannedCounts(set, kind), totals)
}

async function writeSet<T extends StoredDocument>(
  {store}: SeedDeps,
  kind: DocumentKind<T>,
  {name}: ChannelState,
  set: DocumentSet<T>,
  {replace}: SeedOptions,
  {window}: SeedState,
): Promise<void> {
  Object.assign(set.counts, await writeDocuments(store, kind, set))
  if (replace) set.counts.removed = await removeOutside(store, kind, name, window)
}

// Counted as the store confirms them, not as they were meant.
function countWritten({metrics}: SeedDeps, {name, digests, reviews}: ChannelState): void {
  metrics.digestRecords.inc({channel: name}, digests.counts.inserted + digests.counts.updated)
  metrics.reviewRecords.inc({channel: name}, reviews.counts.inserted + reviews.counts.updated)
}
