import {Ep23Error, EXIT, type StepReport} from '@ep23/sdk'

import type {Digest} from '../../domain/digest.js'
import {digestKind, reviewKind, type DocumentKind} from '../../domain/document-kind.js'
import {ORIGINS} from '../../domain/origin.js'
import type {SeedOptions} from './seed-options.js'
import type {DocumentCounts, KeptDay} from './seed-report.js'
import {removeDocuments} from '../documents/change-documents.js'
import {writeDays, type DayDocuments, type WrittenCounts, type WrittenDays} from '../documents/write-days.js'
import {writerOf} from '../documents/writer-of.js'
import type {Validate} from '../documents/validate-documents.js'
import {countTwice} from './count-documents.js'
import {needsReview} from './plan-days.js'
import type {SeedDeps} from './seed-deps.js'
import type {ChannelState, SeedState} from './seed-state.js'

/** Holds all that was built against the schema, before it is written. */
export function validateReady(deps: SeedDeps, {channels}: SeedState): void {
  for (const {ready} of channels) for (const day of ready) validateDay(deps, day)
}

/** @throws Ep23Error DATASET_INVALID_DOCUMENT (65) */
export function validateDay({validators}: SeedDeps, {digest, review}: DayDocuments): void {
  if (digest) requireValid(validators.digest, digest, digestKind.idOf(digest))
  if (review) requireValid(validators.reviewReport, review, reviewKind.idOf(review))
}

/** With `--plan`: what would be written. */
export function planWrites({channels}: SeedState): void {
  for (const channel of channels) {
    const [digests, reviews] = [channel.digests.counts, channel.reviews.counts]
    for (const {source, stored, stays} of channel.days) {
      const id = `${channel.name}:${source.day}`
      const offered = source.generator === undefined ? 'telegram' : 'synthetic'
      const origin = (stays && stored?.metadata.origin) ?? offered
      if (!stays) digests[stored ? 'updated' : 'inserted'] += 1
      const hasReview = channel.storedReviews.has(id)
      const reviewStays = stays && stored && !needsReview(channel, stored)
      reviews[reviewStays ? 'unchanged' : hasReview ? 'updated' : 'inserted'] += 1
      for (const counts of [digests, reviews]) {
        counts.total += 1
        counts[origin] += 1
      }
    }
  }
}

/** Writes what was built and is not stored yet, channel by channel; with `--replace` also removes what is outside the window. */
export async function writeAll(
  deps: SeedDeps,
  options: SeedOptions,
  {channels, window}: SeedState,
  report: StepReport,
): Promise<void> {
  for (const [index, channel] of channels.entries()) {
    deps.signal.throwIfAborted()
    await storeDays(deps, channel, channel.ready.splice(0), options)
    if (options.replace) {
      channel.digests.counts.removed = await removeOutside(deps, digestKind, channel.name, window)
      channel.reviews.counts.removed = await removeOutside(deps, reviewKind, channel.name, window)
    }
    report.advance(index + 1, channels.length, 'channels')
  }
}

/** Writes days of a channel and counts what the store confirms. */
export async function storeDays(
  deps: SeedDeps,
  channel: ChannelState,
  days: readonly DayDocuments[],
  {replace}: Pick<SeedOptions, 'replace'>,
): Promise<WrittenDays> {
  const written = await writeDays(deps, days, {replace})
  const {digests, review_reports} = written
  addCounts(channel.digests.counts, digests)
  addCounts(channel.reviews.counts, review_reports)
  for (const {stored, reason} of digests.kept) channel.kept.push(keptDayOf(stored, reason))
  deps.metrics.digestRecords.inc({channel: channel.name}, digests.inserted + digests.updated)
  deps.metrics.reviewRecords.inc({channel: channel.name}, review_reports.inserted + review_reports.updated)
  return written
}

/** A stored digest that stays, for the report. */
export function keptDayOf(stored: Digest, reason: string): KeptDay {
  const day = stored.digest_id.slice(stored.channel.length + 1)
  return {day, written_by: writerOf(digestKind, stored), posts: stored.posts.length, reason}
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

/** Removes a channel's documents outside the window. Only those that ep23 keeps, never the team's own. */
async function removeOutside<T extends object>(
  deps: SeedDeps,
  kind: DocumentKind<T>,
  channel: string,
  {from, to}: SeedState['window'],
): Promise<number> {
  const own = {[kind.channelField]: channel, [kind.originField]: {$in: ORIGINS}}
  const before = await removeDocuments(deps, kind, {...own, created_at: {$lt: from}})
  const after = await removeDocuments(deps, kind, {...own, created_at: {$gte: to}})
  return before + after
}

function addCounts(counts: DocumentCounts, {inserted, updated, unchanged, kept}: WrittenCounts<unknown>): void {
  counts.inserted += inserted
  counts.updated += updated
  counts.unchanged += unchanged + kept.length
}
