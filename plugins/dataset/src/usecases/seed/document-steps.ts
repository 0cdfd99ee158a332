import {nextTurn, type StepReport} from '@ep23/sdk'

import {postsForDigest} from '../../domain/posts.js'
import type {Digest} from '../../domain/digest.js'
import type {SeedOptions} from './seed-options.js'
import type {KeptDay} from './seed-report.js'
import {type SharedPosts, SharedPostTally} from '../audit/shared-posts.js'
import {cleanPosts as cleanChannelPosts, gapReason} from '../cleaning/clean-posts.js'
import {ensureIndexes} from '../documents/change-documents.js'
import {writeReview} from '../review/write-review.js'
import {buildDay, mapConcurrently, DayFailures} from './build-days.js'
import {collectPosts, resolveWindow} from './collect-posts.js'
import {daysToWrite, needsReview, planChannel} from './plan-days.js'
import {refuseForeignLanguage, refuseGaps, refuseTooSynthetic, refuseSameChannel} from './refuse-same-channel.js'
import type {SeedDeps} from './seed-deps.js'
import type {ChannelState, PlannedDay, SeedState} from './seed-state.js'
import {keptDayOf, storeDays, validateDay} from './store-steps.js'

/** Finds the window and keeps its posts. */
export async function readSources(
  deps: SeedDeps,
  options: SeedOptions,
  state: SeedState,
  report: StepReport,
): Promise<void> {
  state.window = await resolveWindow(deps.scanPosts, options)
  let before = 0
  for (const [index, source] of options.channels.entries()) {
    report.note(source.name)
    const channel = state.channels[index] as ChannelState
    channel.collected = await collectPosts(deps.readPosts, source, state.window, read =>
      report.advance(before + read, undefined, 'posts'),
    )
    before += channel.collected.records.posts
    deps.metrics.postsRead.inc({channel: channel.name}, channel.collected.records.posts)
  }
  refuseSameChannel(state.channels)
  report.note(`${state.channels.length} channels, ${state.window.days[0]} … ${state.window.days.at(-1)}`)
}

/** Makes the posts ready for reading; finds the gaps. */
export async function cleanPosts({signal}: SeedDeps, state: SeedState, report: StepReport): Promise<void> {
  const {channels, window} = state
  for (const channel of channels) {
    await nextTurn(signal)
    const {byDay, dropped} = cleanChannelPosts(channel.collected.byDay, channel.name)
    channel.cleanByDay = byDay
    channel.dropped = dropped
    refuseForeignLanguage(channel)
    channel.gaps = window.days.flatMap(day => {
      const reason = gapReason(byDay.get(day) ?? [])
      return reason === undefined ? [] : [{day, reason}]
    })
  }
  state.sharedPosts = sharedPosts(channels)
  report.note(`${sum(channels.map(({dropped}) => sum(Object.values(dropped))))} dropped`)
}

// Of what the documents will hold, so that the audit counts the same.
function sharedPosts(channels: readonly ChannelState[]): SharedPosts[] {
  const tally = new SharedPostTally()
  for (const {name, cleanByDay, gaps} of channels) {
    const isGap = new Set(gaps.map(({day}) => day))
    for (const [day, posts] of cleanByDay)
      if (!isGap.has(day)) for (const {text} of postsForDigest(posts)) tally.add(name, text)
  }
  return tally.pairs()
}

/** Decides what is to be written, by what is stored. Nothing is built, or paid for, that would not be written. */
export async function planDays(
  deps: SeedDeps,
  options: SeedOptions,
  state: SeedState,
  report: StepReport,
): Promise<void> {
  for (const channel of state.channels) {
    await nextTurn(deps.signal)
    await planChannel(deps, channel, state.window, options)
    channel.kept = channel.days.flatMap(keptDay)
    channel.digests.counts.unchanged = channel.days.filter(({stays}) => stays).length
  }
  refuseGaps(state, options)
  refuseTooSynthetic(state, options)
  const days = state.channels.flatMap(channel => channel.days)
  report.note(`${days.filter(({stays}) => stays === undefined).length} of ${days.length} days to write`)
}

/** A digest and its review for each day of real posts; a model's are stored as they come. */
export async function buildDigests(
  deps: SeedDeps,
  options: SeedOptions,
  state: SeedState,
  report: StepReport,
): Promise<void> {
  const all = state.channels.flatMap(channel => daysToWrite(channel, 'real').map(source => ({channel, source})))
  await ensureIndexes(deps.store)
  const isPaid = deps.summarizer.writer.kind === 'model'
  const collect = isPaid ? storeAtOnce : collectDay
  const failures = isPaid ? new DayFailures() : undefined
  let done = 0
  const build = async ({channel, source}: (typeof all)[number]): Promise<void> => {
    await nextTurn(deps.signal)
    try {
      await collect(deps, channel, await buildDay(deps, source, options), options)
      failures?.succeeded()
    } catch (error) {
      if (!failures) throw error
      channel.unwritten.push({day: source.day, reason: failures.reasonOf(error)})
    }
    report.advance((done += 1), all.length, 'digests')
  }
  try {
    await mapConcurrently(all, deps.summarizer.concurrency, build)
  } catch (error) {
    throw failures?.withKept(error) ?? error
  }
  for (const {unwritten} of state.channels) unwritten.sort((a, b) => (a.day < b.day ? -1 : 1))
}

/** A review report for each digest that was stored as it came, and for each that stays and has none, or one by older rules. */
export async function reviewDigests(deps: SeedDeps, {channels}: SeedState, report: StepReport): Promise<void> {
  for (const channel of channels) {
    for (const digest of channel.unreviewed) {
      await nextTurn(deps.signal)
      channel.ready.push({review: writeReview(deps, digest), reviewFollows: true})
    }
    for (const {stored, stays} of channel.days) {
      if (!stays || !stored) continue
      await nextTurn(deps.signal)
      if (needsReview(channel, stored)) channel.ready.push({review: writeReview(deps, stored)})
      else channel.reviews.counts.unchanged += 1
    }
  }
  report.note(`${sum(channels.map(({ready}) => ready.length))} to write`)
}

/** Synthetic digests for the gaps, marked so, and their reviews. */
export async function fillGaps(
  deps: SeedDeps,
  options: SeedOptions,
  {channels}: SeedState,
  report: StepReport,
): Promise<void> {
  let filled = 0
  for (const channel of channels)
    for (const source of daysToWrite(channel, 'synthetic')) {
      await nextTurn(deps.signal)
      const digest = await buildDay(deps, source, options)
      channel.ready.push({digest, review: writeReview(deps, digest)})
      filled += 1
    }
  report.note(`${filled} days`)
}

async function collectDay(deps: SeedDeps, {ready}: ChannelState, digest: Digest): Promise<void> {
  ready.push({digest, review: writeReview(deps, digest)})
}

/** What was paid for is stored before anything else is done; the reviews, which cost time and no money, come in the next step. */
async function storeAtOnce(deps: SeedDeps, channel: ChannelState, digest: Digest, options: SeedOptions): Promise<void> {
  validateDay(deps, {digest})
  const {digests} = await storeDays(deps, channel, [{digest}], options)
  if (digests.kept.length === 0) channel.unreviewed.push(digest)
}

function keptDay({stays, stored, reason = ''}: PlannedDay): KeptDay[] {
  if (stays !== 'kept' || !stored) return []
  return [keptDayOf(stored, reason)]
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
