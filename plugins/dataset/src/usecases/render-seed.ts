import {type Text, joined, type Message} from '@ep23/sdk'

import {LEFT_OUT, type LeftOut} from '../words/english.js'
import {message, type Words} from '../words/words.js'
import type {ChannelSeed, DocumentCounts, RecordCounts, SeedReport} from './seed-report.js'
import {policyDeviations} from './dataset-policy.js'
import {channelLabel} from '../domain/posts.js'
import type {SeedOptions} from './seed-options.js'
import {LEAST_SHARED_TO_WARN, sharedInWords, type SharedPosts} from './shared-posts.js'
import type {SourceUse} from './own-posts.js'
import type {CleanChannel} from './channel-stages.js'

const SHOWN_GAPS = 10

/** The seed's result as lines for a terminal. */
export function renderSeed(report: SeedReport, words: Words): Text[] {
  const {window, store, plan, snapshot_path, channels, totals} = report
  const {digests} = totals
  const days = words.days({days: window.days})
  return [
    words.window({window: `${window.from} … ${window.to}, ${days} (${window.time_zone})`, store, isPlan: plan}),
    ...channels.flatMap(channel => renderChannel(channel, {days: window.days, plan, words})),
    words.totals({digests: digests.total, origins: words.origins(digests), reviews: totals.review_reports.total}),
    ...(totals.kept > 0 ? [words.kept({kept: totals.kept, isPlan: plan})] : []),
    ...(totals.unwritten > 0 ? [words.unwritten({days: totals.unwritten})] : []),
    ...(digests.total > 0 && digests.synthetic === digests.total ? [words.allSynthetic] : []),
    ...(snapshot_path === null ? [] : [words.evidence({path: snapshot_path})]),
  ]
}

interface Shown {
  days: number
  plan: boolean
  words: Words
}

function renderChannel(seeded: ChannelSeed, {days, plan, words}: Shown): Text[] {
  const {channel, posts_read, records, gaps, team_days: team, kept, unwritten, digests, review_reports} = seeded
  const leftOut = recordsLeftOut(records, words)
  const named = gaps.map(({day}) => day)
  const lines = [
    leftOut === '' ? [] : [leftOut],
    [changes(digests, plan, words)],
    [changes(review_reports, plan, words)],
    gaps.length === 0 ? [] : [gaps.length === days ? words.everyDay : `${gaps.length}: ${namedDays(named, words)}`],
    team.length === 0 ? [] : [words.teamDays({days: team.length})],
    byReason(kept).map(([reason, kept]) => joined([`${kept.length}: ${namedDays(kept, words)}`, reason], ': ')),
    unwritten.map(({day, reason}) => joined([day, reason], ': ')),
  ]
  const labels = words.labels.split('|')
  const origins = words.origins(digests)
  return [
    `  ${words.channel({channel: channel.padEnd(18), posts: posts_read, digests: digests.total, origins})}`,
    ...lines.flatMap((texts, at) => texts.map(text => joined([`    ${(labels[at] ?? '').padEnd(15)}`, text], ' '))),
  ]
}

function byReason(days: readonly {day: string; reason: Message}[]): [Message, string[]][] {
  const groups = Map.groupBy(days, ({reason}) => reason.english)
  return [...groups.values()].flatMap(group =>
    group.slice(0, 1).map(({reason}): [Message, string[]] => [reason, group.map(({day}) => day)]),
  )
}

function changes({removed, ...counts}: DocumentCounts, isPlan: boolean, words: Words): string {
  return [words.changes({...counts, isPlan}), ...(removed === 0 ? [] : [words.removed({removed})])].join(', ')
}

function namedDays(days: readonly string[], words: Words): string {
  const shown = days.slice(0, SHOWN_GAPS).join(', ')
  return days.length > SHOWN_GAPS ? words.more({shown, more: days.length - SHOWN_GAPS}) : shown
}

/** The reasons for which records gave no post of the window, for a line of the report; empty when there are none. */
function recordsLeftOut(records: RecordCounts, words: Words): string {
  return (Object.keys(LEFT_OUT) as LeftOut[])
    .flatMap(reason => (records[reason] > 0 ? [words.leftOut({reason, records: records[reason]})] : []))
    .join(', ')
}

const SHOWN_FILES = 5

const SHOWN_DAYS = 10

/** In what the dataset differs from what was wanted, as sentences for the user. */
export function seedWarnings(options: SeedOptions, {channels, quarantine_path}: SeedReport): Message[] {
  const warnings: Message[] = policyDeviations({...options.policy, channels: channels.length})
  const bare = options.channels.filter(({sources}) => sources.length === 0)
  // A set without any source is the demo.
  if (bare.length > 0 && bare.length < channels.length)
    warnings.push(message('bareChannels', {channels: bare.map(({name}) => name).join(', ')}))
  const synthetic = channels.filter(({digests}) => digests.synthetic > 0)
  if (synthetic.length > 0)
    warnings.push(
      message('syntheticDigests', {
        channels: synthetic.map(({channel, digests}) => ({channel, ...digests})),
      }),
    )
  const unwritten = channels.flatMap(({channel, unwritten: days}) => days.map(({day}) => `${channel} ${day}`))
  if (unwritten.length > 0) warnings.push(message('notWritten', {days: unwritten.slice(0, SHOWN_DAYS).join(', ')}))
  if (quarantine_path !== null) warnings.push(message('quarantined', {path: quarantine_path}))
  return warnings
}

/** What was assumed, passed over or found odd in the sources, as sentences for the user. */
export function sourceWarnings({
  channels,
  sharedPosts,
}: {
  channels: readonly Pick<CleanChannel, 'name' | 'collected'>[]
  sharedPosts: readonly SharedPosts[]
}): Message[] {
  const manyShared = sharedPosts.filter(({share}) => share >= LEAST_SHARED_TO_WARN)
  return [...channels.flatMap(channelWarnings), ...manyShared.map(sharedInWords)]
}

function channelWarnings({name, collected}: Pick<CleanChannel, 'name' | 'collected'>): Message[] {
  const {records, uses, daysWithPosts} = collected
  const madeIds = message('madeIds', {name, posts: records.made_ids})
  const noneInside = message('noneInside', {name, posts: records.posts})
  return [
    ...uses.flatMap(use => useWarnings(name, use)),
    ...(records.made_ids > 0 ? [madeIds] : []),
    ...(records.posts > 0 && daysWithPosts === 0 ? [noneInside] : []),
  ]
}

function useWarnings(name: string, {source, tally, identity}: SourceUse): Message[] {
  const {naiveDates, datesWithoutTime, assumedClocks, ignoredFiles, skippedChats} = tally
  const warnings: Message[] = []
  if (naiveDates > 0)
    warnings.push(message('naiveDates', {path: source.path, dates: naiveDates, zones: [...assumedClocks].join(', ')}))
  if (datesWithoutTime > 0) warnings.push(message('datesWithoutTime', {path: source.path, dates: datesWithoutTime}))
  if (identity.username !== undefined && `@${identity.username.toLowerCase()}` !== name)
    warnings.push(message('storedAs', {path: source.path, channel: channelLabel(identity), name}))
  for (const {file, reason} of ignoredFiles.slice(0, SHOWN_FILES)) warnings.push(message('fileNotRead', {file, reason}))
  if (ignoredFiles.length > SHOWN_FILES)
    warnings.push(message('moreNotRead', {files: ignoredFiles.length - SHOWN_FILES, path: source.path}))
  if (skippedChats.length > 0) warnings.push(message('skippedChats', {path: source.path, chats: skippedChats.length}))
  return warnings
}
