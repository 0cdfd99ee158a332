import {channelLabel} from '../../domain/posts.js'
import type {RecordCounts} from './seed-report.js'
import {LEAST_SHARED_TO_WARN, sharedInWords} from '../audit/shared-posts.js'
import type {SourceUse} from './own-posts.js'
import type {ChannelState, SeedState} from './seed-state.js'

const SHOWN_FILES = 5

/** What was assumed, passed over or found odd in the sources, as sentences for the user. */
export function sourceWarnings({channels, sharedPosts}: Pick<SeedState, 'channels' | 'sharedPosts'>): string[] {
  const manyShared = sharedPosts.filter(({share}) => share >= LEAST_SHARED_TO_WARN)
  return [...channels.flatMap(channelWarnings), ...manyShared.map(sharedInWords)]
}

/** The reasons for which records gave no post of the window, for a line of the report; empty when there are none. */
export function recordsLeftOut(records: RecordCounts): string {
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

function channelWarnings({name, collected}: ChannelState): string[] {
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
