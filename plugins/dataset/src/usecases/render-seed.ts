import {countOf} from '@ep23/sdk'

import {originsInWords} from './audit-report.js'
import type {ChannelSeed, DocumentCounts, RecordCounts, SeedReport} from './seed-report.js'
import {policyDeviations} from './dataset-policy.js'
import {channelLabel} from '../domain/posts.js'
import type {SeedOptions} from './seed-options.js'
import {LEAST_SHARED_TO_WARN, sharedInWords, type SharedPosts} from './shared-posts.js'
import type {SourceUse} from './own-posts.js'
import type {ReadChannel} from './channel-stages.js'

const SHOWN_GAPS = 10

/** The seed's result as lines for a terminal. */
export function renderSeed({window, store, plan, snapshot_path, channels, totals}: SeedReport): string[] {
  return [
    `${window.from} … ${window.to}, ${countOf(window.days, 'day')} (${window.time_zone}) in ${store}${plan ? ' — plan only, nothing was written' : ''}`,
    ...channels.flatMap(channel => renderChannel(channel, window.days, plan)),
    `${countOf(totals.digests.total, 'digest')} (${originsInWords(totals.digests)}), ${countOf(totals.review_reports.total, 'review report')}`,
    ...(totals.kept > 0
      ? [
          `${countOf(totals.kept, 'stored digest')} ${plan ? 'would be' : totals.kept === 1 ? 'was' : 'were'} kept; --replace overwrites them, and dataset:restore brings them back`,
        ]
      : []),
    ...(totals.unwritten > 0
      ? [
          `${countOf(totals.unwritten, 'day')} not written; run the same command again: it asks only for the missing days`,
        ]
      : []),
    ...(totals.digests.total > 0 && totals.digests.synthetic === totals.digests.total
      ? ['The whole dataset is synthetic: good for trying ep23 out, it says nothing about real digests.']
      : []),
    ...(snapshot_path === null ? [] : [`evidence: ${snapshot_path}`]),
  ]
}

function renderChannel(
  {channel, posts_read, records, gaps, team_days: team, kept, unwritten, digests, review_reports}: ChannelSeed,
  days: number,
  plan: boolean,
): string[] {
  const leftOut = recordsLeftOut(records)
  return [
    `  ${channel.padEnd(18)} ${countOf(posts_read, 'post')} read, ${countOf(digests.total, 'digest')} (${originsInWords(digests)})`,
    ...(leftOut === '' ? [] : [`    not taken       ${leftOut}`]),
    `    digests         ${changes(digests, plan)}`,
    `    review reports  ${changes(review_reports, plan)}`,
    ...(gaps.length === 0
      ? []
      : [
          `    gaps            ${gaps.length === days ? 'every day' : `${gaps.length}: ${namedDays(gaps.map(({day}) => day))}`}`,
        ]),
    ...(team.length > 0 ? [`    the team’s own  ${countOf(team.length, 'day')}, nothing written beside them`] : []),
    ...byReason(kept).map(([reason, names]) => `    kept            ${names.length}: ${namedDays(names)}: ${reason}`),
    ...unwritten.map(({day, reason}) => `    not written     ${day}: ${reason}`),
  ]
}

function byReason(days: readonly {day: string; reason: string}[]): [string, string[]][] {
  const groups = Map.groupBy(days, ({reason}) => reason)
  return [...groups].map(([reason, group]) => [reason, group.map(({day}) => day)])
}

function changes({inserted, updated, unchanged, removed}: DocumentCounts, plan: boolean): string {
  const words = plan ? ['to insert', 'to change', 'that stay'] : ['inserted', 'changed', 'unchanged']
  const counts = `${inserted} ${words[0]}, ${updated} ${words[1]}, ${unchanged} ${words[2]}`
  return removed === 0 ? counts : `${counts}, ${removed} removed`
}

function namedDays(days: readonly string[]): string {
  const shown = days.slice(0, SHOWN_GAPS).join(', ')
  return days.length > SHOWN_GAPS ? `${shown} and ${days.length - SHOWN_GAPS} more` : shown
}

/** The reasons for which records gave no post of the window, for a line of the report; empty when there are none. */
function recordsLeftOut(records: RecordCounts): string {
  const reasons: Array<[keyof RecordCounts, string]> = [
    ['outside_window', 'outside the window'],
    ['replaced', 'replaced by a later version'],
    ['repeated', 'repeated'],
    ['other_channels', 'of other channels'],
    ['without_text', 'without text'],
    ['service', 'service messages'],
    ['invalid', 'invalid'],
  ]
  return reasons.flatMap(([key, words]) => (records[key] > 0 ? [`${records[key]} ${words}`] : [])).join(', ')
}

const SHOWN_FILES = 5

const SHOWN_DAYS = 10

/** In what the dataset differs from what was wanted, as sentences for the user. */
export function seedWarnings({policy}: SeedOptions, {channels, quarantine_path}: SeedReport): string[] {
  const warnings = policyDeviations({...policy, channels: channels.length})
  const synthetic = channels.filter(({digests}) => digests.synthetic > 0)
  if (synthetic.length > 0)
    warnings.push(
      `synthetic digests: ${synthetic.map(({channel, digests}) => `${channel} ${digests.synthetic} of ${digests.total}`).join(', ')}`,
    )
  const unwritten = channels.flatMap(({channel, unwritten: days}) => days.map(({day}) => `${channel} ${day}`))
  if (unwritten.length > 0)
    warnings.push(
      `not written: ${unwritten.slice(0, SHOWN_DAYS).join(', ')}; run the same command again: it asks only for the missing days`,
    )
  if (quarantine_path !== null) warnings.push(`records that could not be read are in ${quarantine_path}`)
  return warnings
}

/** What was assumed, passed over or found odd in the sources, as sentences for the user. */
export function sourceWarnings({
  channels,
  sharedPosts,
}: {
  channels: readonly ReadChannel[]
  sharedPosts: readonly SharedPosts[]
}): string[] {
  const manyShared = sharedPosts.filter(({share}) => share >= LEAST_SHARED_TO_WARN)
  return [...channels.flatMap(channelWarnings), ...manyShared.map(sharedInWords)]
}

function channelWarnings({name, collected}: ReadChannel): string[] {
  const {records, uses, byDay} = collected
  const madeIds = `${name}: ${records.made_ids} posts have no id in the source; ids were made from what they say, without links`
  const noneInside = `${name}: its sources have ${countOf(records.posts, 'post')}, none of them in the window`
  return [
    ...uses.flatMap(use => useWarnings(name, use)),
    ...(records.made_ids > 0 ? [madeIds] : []),
    ...(records.posts > 0 && byDay.size === 0 ? [noneInside] : []),
  ]
}

function useWarnings(name: string, {source, tally, identity}: SourceUse): string[] {
  const {naiveDates, datesWithoutTime, assumedClocks, ignoredFiles, skippedChats} = tally
  const warnings: string[] = []
  if (naiveDates > 0)
    warnings.push(
      `${source.path}: ${naiveDates} dates have no UTC offset and were read as ${[...assumedClocks].join(', ')} time; --source-time-zone says otherwise`,
    )
  if (datesWithoutTime > 0)
    warnings.push(
      `${source.path}: ${datesWithoutTime} dates have no time of day; they stand for the beginning of the day`,
    )
  if (identity.username !== undefined && `@${identity.username.toLowerCase()}` !== name)
    warnings.push(`${source.path}: its posts are of ${channelLabel(identity)}, and are stored as ${name}`)
  for (const {file, reason} of ignoredFiles.slice(0, SHOWN_FILES)) warnings.push(`${file} was not read: ${reason}`)
  if (ignoredFiles.length > SHOWN_FILES)
    warnings.push(`${ignoredFiles.length - SHOWN_FILES} more files of ${source.path} were not read`)
  if (skippedChats.length > 0)
    warnings.push(
      `${source.path}: skipped ${countOf(skippedChats.length, 'chat')} that ${skippedChats.length === 1 ? 'is not a channel' : 'are not channels'}`,
    )
  return warnings
}
