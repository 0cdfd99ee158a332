import {Ep23Error, EXIT, type StepReport} from '@ep23/sdk'

import type {ChannelName} from '../domain/channel.js'
import type {DayWindow} from '../domain/day-window.js'
import {digestKind, reviewKind, type DocumentKind} from '../domain/document-kind.js'
import {ORIGINS} from '../domain/document-values.js'
import {removeDocuments} from './change-documents.js'
import type {Validate} from './validate-documents.js'
import {addDays, noDays, writeGroups, type DayDocuments, type WrittenCounts, type WrittenDays} from './write-days.js'
import type {BuiltChannel, ReviewedChannel, SeededChannel} from './channel-stages.js'
import {keptDayOf, keptDays} from './plan-days.js'
import type {SeedDeps} from './seed-deps.js'
import type {SeedOptions} from './seed-options.js'
import {NO_DOCUMENTS, type DocumentCounts} from './seed-report.js'
import {message} from '../words/words.js'

/** Validates all that was built against its schema, before it is written. @throws Ep23Error DATASET_INVALID_DOCUMENT (65) */
export function validateDays(deps: SeedDeps, channels: readonly BuiltChannel[]): void {
  for (const {ready} of channels) for (const day of ready) validateDay(deps, deps.spool.get(day))
}

/** @throws Ep23Error DATASET_INVALID_DOCUMENT (65) */
export function validateDay({validators}: Pick<SeedDeps, 'validators'>, {digest, review}: DayDocuments): void {
  if (digest) requireValid(validators.digest, digest, digestKind.idOf(digest))
  if (review) requireValid(validators.reviewReport, review, reviewKind.idOf(review))
}

function requireValid(validate: Validate, document: unknown, id: string): void {
  const [problem] = validate(document)
  if (problem === undefined) return
  throw new Ep23Error(message('breaksSchema', {id, pointer: problem.pointer || '/', problem: problem.message}), {
    code: 'DATASET_INVALID_DOCUMENT',
    exit: EXIT.badData,
    suggestions: [message('lookAtPosts'), message('leaveChannelOut')],
  })
}

/** Writes what was built and is not stored yet, several channels at once; with `--replace` also removes what is outside the window. */
export async function storeChannels(
  deps: SeedDeps,
  channels: readonly ReviewedChannel[],
  {window, options}: {window: DayWindow; options: SeedOptions},
  report: StepReport,
): Promise<SeededChannel[]> {
  const seeded: SeededChannel[] = []
  for (const group of groupsOf(channels)) {
    deps.signal.throwIfAborted()
    const days = group.map(({name, ready}) => ({name, days: ready.map(day => deps.spool.get(day))}))
    const stored = await storeDays(deps, days, options)
    for (const [index, channel] of group.entries()) {
      const written = noDays()
      addDays(written, channel.written)
      addDays(written, stored[index] ?? noDays())
      seeded.push(seededChannel(channel, written, await removed(deps, channel.name, {window, options})))
    }
    report.advance(seeded.length, channels.length, 'channels')
  }
  return seeded
}

/** Days that are written together. */
const TOGETHER = 200

function* groupsOf(channels: readonly ReviewedChannel[]): Generator<ReviewedChannel[]> {
  let group: ReviewedChannel[] = []
  let days = 0
  for (const channel of channels) {
    group.push(channel)
    days += channel.ready.length
    if (days < TOGETHER) continue
    yield group
    group = []
    days = 0
  }
  if (group.length > 0) yield group
}

async function removed(
  deps: SeedDeps,
  channel: ChannelName,
  {window, options}: {window: DayWindow; options: SeedOptions},
): Promise<{digests: number; review_reports: number}> {
  if (!options.replace) return {digests: 0, review_reports: 0}
  return {
    digests: await removeOutside(deps, digestKind, channel, window),
    review_reports: await removeOutside(deps, reviewKind, channel, window),
  }
}

/** Writes days of channels by the rule of worth; the metrics count what the store confirms. @returns the counts of each */
export async function storeDays(
  deps: SeedDeps,
  channels: readonly {name: ChannelName; days: readonly DayDocuments[]}[],
  {replace}: Pick<SeedOptions, 'replace'>,
): Promise<WrittenDays[]> {
  const written = await writeGroups(
    deps,
    channels.map(({days}) => days),
    {replace},
  )
  for (const [index, {digests, review_reports}] of written.entries()) {
    const channel = channels[index]?.name ?? ''
    deps.metrics.digestRecords.inc({channel}, digests.inserted + digests.updated)
    deps.metrics.reviewRecords.inc({channel}, review_reports.inserted + review_reports.updated)
  }
  return written
}

/** Removes a channel's documents outside the window. Only those that ep23 keeps, never the team's own. */
async function removeOutside<T extends object>(
  deps: SeedDeps,
  kind: DocumentKind<T>,
  channel: ChannelName,
  {from, to}: DayWindow,
): Promise<number> {
  const own = {[kind.channelField]: channel, [kind.originField]: {$in: ORIGINS}}
  const before = await removeDocuments(deps, kind, {...own, created_at: {$lt: from}})
  const after = await removeDocuments(deps, kind, {...own, created_at: {$gte: to}})
  return before + after
}

function seededChannel(
  channel: ReviewedChannel,
  {digests, review_reports}: WrittenDays,
  removed: {digests: number; review_reports: number},
): SeededChannel {
  const stay = channel.days.filter(({stays}) => stays).length
  return {
    ...channel,
    kept: [...keptDays(channel), ...digests.kept.map(({stored, reason}) => keptDayOf(stored, reason))],
    digests: countsOf(digests, stay, removed.digests),
    review_reports: countsOf(review_reports, channel.reviewsUnchanged, removed.review_reports),
  }
}

// The totals are counted in the store when all is written.
function countsOf(
  {inserted, updated, unchanged, kept}: WrittenCounts<unknown>,
  stay: number,
  removed: number,
): DocumentCounts {
  return {...NO_DOCUMENTS, inserted, updated, unchanged: stay + unchanged + kept.length, removed}
}
