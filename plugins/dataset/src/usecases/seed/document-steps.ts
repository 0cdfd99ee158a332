import {nextTurn, type StepReport} from '@ep23/sdk'

import {digestKind, reviewKind} from '../../domain/documents/document-kind.js'
import type {SeedOptions} from '../../domain/seed-options.js'
import type {SharedPosts} from '../../domain/shared-posts.js'
import {cleanPosts as cleanChannelPosts} from '../clean-posts.js'
import {gapReason} from '../gap-reason.js'
import {SharedPostTally} from '../shared-posts.js'
import {digestOfDay, reviewOfDigest} from './build-days.js'
import {collectPosts} from './collect-posts.js'
import {readExisting} from './existing-documents.js'
import {mapConcurrently} from './map-concurrently.js'
import {refuseForeignLanguage, refuseGaps} from './refuse-dataset.js'
import {refuseSameChannel} from './refuse-same-channel.js'
import {resolveWindow} from './resolve-window.js'
import type {SeedDeps} from './seed-deps.js'
import type {ChannelState, SeedState} from './seed-state.js'
import {teamDays} from './team-days.js'

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
  state.sharedPosts = sharedPosts(channels)
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
  report.note(`${sum(channels.map(({dropped}) => sum(Object.values(dropped))))} dropped`)
}

function sharedPosts(channels: readonly ChannelState[]): SharedPosts[] {
  const tally = new SharedPostTally()
  for (const {name, collected} of channels)
    for (const posts of collected.byDay.values()) for (const {text} of posts) tally.add(name, text)
  return tally.pairs()
}

/** A digest for each day that has enough to say. A summariser that waits for a server does so for several days at once. */
export async function buildDigests(
  deps: SeedDeps,
  options: SeedOptions,
  state: SeedState,
  report: StepReport,
): Promise<void> {
  const {window, channels} = state
  if (!options.replace)
    for (const channel of channels) {
      const days = await teamDays(deps.store, channel.name, window)
      channel.teamDays = days
      channel.gaps = channel.gaps.filter(({day}) => !days.has(day))
    }
  refuseGaps(state, options)
  for (const channel of channels) {
    channel.digests.existing = await readExisting(deps.store, digestKind, channel.name, window)
    channel.reviews.existing = await readExisting(deps.store, reviewKind, channel.name, window)
    const gaps = new Set(channel.gaps.map(({day}) => day))
    const days = window.days.filter(day => !gaps.has(day) && !channel.teamDays.has(day))
    const before = countDigests(state)
    let built = 0
    channel.digests.wanted = await mapConcurrently(days, deps.summarizer.concurrency, async day => {
      await nextTurn(deps.signal)
      const digest = await digestOfDay(deps, channel, {day, posts: channel.cleanByDay.get(day) ?? []}, options)
      report.advance(before + ++built, channels.length * window.days.length, 'digests')
      return digest
    })
  }
}

/** A review report for each digest that has none yet. */
export async function reviewDigests(
  deps: SeedDeps,
  options: SeedOptions,
  {channels}: SeedState,
  report: StepReport,
): Promise<void> {
  for (const channel of channels)
    for (const digest of channel.digests.wanted.slice(channel.reviews.wanted.length)) {
      await nextTurn(deps.signal)
      channel.reviews.wanted.push(reviewOfDigest(deps, channel, digest, options))
      report.advance(sum(channels.map(({reviews}) => reviews.wanted.length)), undefined, 'reports')
    }
}

/** Synthetic digests for the gaps, marked so, and their reviews. */
export async function fillGaps(
  deps: SeedDeps,
  options: SeedOptions,
  state: SeedState,
  report: StepReport,
): Promise<void> {
  const {window, channels} = state
  const {generator} = deps
  // No model is asked, and paid, for the summary of news that never happened.
  const synthetic = {...deps, summarizer: deps.gapSummarizer}
  const {seed} = options
  for (const channel of channels) {
    for (const {day} of channel.gaps) {
      await nextTurn(deps.signal)
      const generated = new Map([[day, generator.postsOf({channel: channel.name, day, zone: window.zone, seed})]])
      const posts = cleanChannelPosts(generated, channel.name).byDay.get(day) ?? []
      channel.digests.wanted.push(
        await digestOfDay(synthetic, channel, {day, posts, generator: generator.nameOf(seed)}, options),
      )
    }
  }
  await reviewDigests(deps, options, state, report)
  report.note(`${sum(channels.map(({gaps}) => gaps.length))} days`)
}

function countDigests({channels}: SeedState): number {
  return sum(channels.map(({digests}) => digests.wanted.length))
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
