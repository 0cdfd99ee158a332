import {policyDeviations} from '../audit/dataset-policy.js'
import {channelLabel} from '../../domain/posts.js'
import type {SeedOptions} from './seed-options.js'
import type {SeedReport} from './seed-report.js'
import {LEAST_SHARED_TO_WARN, sharedInWords, type SharedPosts} from '../audit/shared-posts.js'
import type {SourceUse} from './own-posts.js'
import type {ReadChannel} from './channel-stages.js'

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
      `not written: ${unwritten.slice(0, SHOWN_DAYS).join(', ')}; run the same command again, it asks only for them`,
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
  const noneInside = `${name}: none of the ${records.posts} posts of its sources is in the window`
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
    warnings.push(`${source.path}: ${skippedChats.length} chats are not channels and were passed over`)
  return warnings
}
