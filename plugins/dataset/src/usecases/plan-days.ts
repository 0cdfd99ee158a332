import {nextTurn, type Message, type StepReport} from '@ep23/sdk'

import {type CleanPost, postsForDigest} from '../domain/posts.js'
import type {DayWindow} from '../domain/day-window.js'
import {digestKind, reviewKind} from '../domain/document-kind.js'
import type {Digest} from '../domain/digest.js'
import type {ReviewReport} from '../domain/review-report.js'
import type {SeedOptions} from './seed-options.js'
import {reasonToKeep, type Version} from '../domain/worth.js'
import {digestInput, digestSourceHash, writerOfDigest, writerOfSource, type DaySource} from './build-digest.js'
import {cleanPosts} from './clean-posts.js'
import {reviewSourceHash} from './review/write-review.js'
import {versionOf, writerOf} from './writer-of.js'
import type {SeedDeps} from './seed-deps.js'
import type {CleanChannel, PlannedChannel, PlannedDay, SeededChannel} from './channel-stages.js'
import {NO_DOCUMENTS, type KeptDay} from './seed-report.js'
import {validateGaps, validateSyntheticShare} from './validate-channels.js'
import {comparePosts, validateStoredPosts} from './validate-stored-posts.js'
import {message} from '../words/words.js'
import {readStoredDays, type StoredDays} from './stored-days.js'

/** Channels whose stored documents are read together. */
const TOGETHER = 50

/**
 * Decides what is to be written, by what is stored. Nothing is built, or paid for, that would not be written.
 * @throws Ep23Error DATASET_OTHER_POSTS, DATASET_GAPS, DATASET_TOO_SYNTHETIC (65)
 */
export async function planDays(
  deps: SeedDeps,
  channels: readonly CleanChannel[],
  plan: {window: DayWindow; options: SeedOptions},
  report: StepReport,
): Promise<PlannedChannel[]> {
  const planned: PlannedChannel[] = []
  for (let from = 0; from < channels.length; from += TOGETHER) {
    const group = channels.slice(from, from + TOGETHER)
    const stored = await readStoredDays(deps, group, plan)
    for (const channel of group) {
      await nextTurn(deps.signal)
      planned.push(planChannel(deps, channel, {...plan, stored}))
    }
  }
  for (const channel of planned) validateStoredPosts(channel)
  validateGaps(planned, plan.options)
  validateSyntheticShare(planned, plan.options)
  const days = planned.flatMap(channel => channel.days)
  const wanted = days.filter(({stays}) => stays === undefined)
  report.note(message('daysToWrite', {wanted: wanted.length, days: days.length}))
  return planned
}

// A digest stays when it was made from the same posts by the same writer, or when the rule of worth keeps it.
function planChannel(
  deps: SeedDeps,
  channel: CleanChannel,
  {window, options, stored}: {window: DayWindow; options: SeedOptions; stored: StoredDays},
): PlannedChannel {
  const {name} = channel
  const ofTeam = stored.ofTeam.get(name) ?? new Set()
  const digests = stored.digests.get(name)
  const reviews = stored.reviews.get(name)
  const gaps = channel.gaps.filter(({day}) => !ofTeam.has(day))
  const isGap = new Set(gaps.map(({day}) => day))
  const days = window.days
    .filter(day => !ofTeam.has(day))
    .map(day => {
      const source = isGap.has(day)
        ? syntheticSource(deps, channel, {day, window, options})
        : realSource(deps, channel, day)
      const id = `${name}:${day}`
      return planDay(deps, source, {digest: digests?.get(id), review: reviews?.get(id)}, options)
    })
  return {...channel, gaps, teamDays: ofTeam, days}
}

/** With `--plan`: what would be written. */
export function countPlanned(channel: PlannedChannel): SeededChannel {
  const digests = {...NO_DOCUMENTS, unchanged: channel.days.filter(({stays}) => stays).length}
  const reviews = {...NO_DOCUMENTS}
  for (const {source, storedOrigin, stays, hasReview, unreviewed} of channel.days) {
    const offered = source.generator === undefined ? 'telegram' : 'synthetic'
    const origin = (stays && storedOrigin) ?? offered
    if (!stays) digests[storedOrigin ? 'updated' : 'inserted'] += 1
    const reviewStays = stays && !unreviewed
    reviews[reviewStays ? 'unchanged' : hasReview ? 'updated' : 'inserted'] += 1
    for (const counts of [digests, reviews]) {
      counts.total += 1
      counts[origin] += 1
    }
  }
  return {...channel, kept: keptDays(channel), unwritten: [], digests, review_reports: reviews}
}

/** The days whose stored digest is worth more than the one that could be written. */
export function keptDays({days}: PlannedChannel): KeptDay[] {
  return days.flatMap(({kept}) => kept ?? [])
}

/** A stored digest that stays, for the report. */
export function keptDayOf(stored: Digest, reason: Message): KeptDay {
  const day = stored.digest_id.slice(stored.channel.length + 1)
  return {day, written_by: writerOf(digestKind, stored), posts: stored.posts.length, reason}
}

/** The days of a channel that are to be written, from real posts or from generated ones. */
export function daysToWrite({days}: PlannedChannel, from: 'real' | 'synthetic'): DaySource[] {
  const isWanted = ({source, stays}: PlannedDay): boolean =>
    stays === undefined && (source.generator === undefined) === (from === 'real')
  return days.filter(isWanted).map(({source}) => source)
}

/** Whether a digest that stays has no review, or one that ep23's rules wrote otherwise than they would today. */
function needsReview(stored: ReviewReport | undefined, digest: Digest): boolean {
  if (stored === undefined) return true
  const isOurs = ['extractive', 'synthetic'].includes(writerOf(reviewKind, stored).kind)
  return isOurs && stored.report.metadata.source_sha256 !== reviewSourceHash(digest)
}

function planDay(
  deps: SeedDeps,
  source: DaySource,
  {digest: stored, review}: {digest: Digest | undefined; review: ReviewReport | undefined},
  options: SeedOptions,
): PlannedDay {
  const hasReview = review !== undefined
  if (stored === undefined) return {source, hasReview}
  const planned = {source, hasReview, storedOrigin: stored.metadata.origin}
  if (options.replace) return planned
  const summarizer = writerOfSource(deps, source)
  const input = digestInput(source, options)
  const before = versionOf(digestKind, stored)
  const offered: Version = {
    writer: writerOfDigest(summarizer, source.generator),
    origin: source.generator === undefined ? 'telegram' : 'synthetic',
    posts: postsForDigest(input.posts),
  }
  const compared = comparePosts(before, offered)
  const changing = {...planned, ...(compared && {compared})}
  const staying = {...changing, ...(needsReview(review, stored) && {unreviewed: stored})}
  if (stored.metadata.source_sha256 === digestSourceHash(summarizer, input)) return {...staying, stays: 'unchanged'}
  const reason = reasonToKeep(before, offered)
  return reason === undefined ? changing : {...staying, stays: 'kept', kept: keptDayOf(stored, reason)}
}

function realSource({spool}: SeedDeps, {name, cleanByDay}: CleanChannel, day: string): DaySource {
  const place = cleanByDay.get(day)
  return {channel: name, day, posts: () => (place ? spool.get(place) : [])}
}

function syntheticSource(
  {generator}: SeedDeps,
  {name}: CleanChannel,
  {day, window: {zone}, options: {seed}}: {day: string; window: DayWindow; options: SeedOptions},
): DaySource {
  const posts = (): readonly CleanPost[] =>
    cleanPosts(new Map([[day, generator.postsOf({channel: name, day, zone, seed})]]), name).byDay.get(day) ?? []
  return {
    channel: name,
    day,
    posts,
    generator: generator.nameOf(seed),
  }
}
