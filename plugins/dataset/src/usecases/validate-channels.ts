import {hash} from 'node:crypto'
import {realpathSync} from 'node:fs'

import {badDataError, type Ep23Error, type Text, joined, type Message} from '@ep23/sdk'

import {channelLabel, isSameChannel} from '../domain/posts.js'
import type {CollectedPosts, PlannedChannel, PlannedDay, ReadChannel} from './channel-stages.js'
import type {CleanedPosts} from './clean-posts.js'
import type {SourceUse} from './own-posts.js'
import type {SeedOptions} from './seed-options.js'
import {mainLanguage} from '../text/index.js'
import {languageInWords} from './language-names.js'
import {message} from '../words/words.js'

/** Two channels of which this share of the posts has the same numbers and the same texts are one: reposts have numbers of their own. */
const SAME_SHARE = 0.5
const FEWEST_SAME = 3

/**
 * One channel under two names would count every finding twice.
 * @throws Ep23Error DATASET_SEVERAL_CHATS for sources of one channel that are of different ones, DATASET_SAME_CHANNEL (65) with
 * all the names that one channel was given.
 */
export function validateDistinct(channels: readonly ReadChannel[]): void {
  for (const channel of channels) validateSources(channel)
  const twins = twinsByPosts(channels)
  for (const [index, channel] of channels.entries()) {
    const same = channels
      .slice(index + 1)
      .filter(other => haveSameSource(channel, other) || twins.get(channel)?.has(other))
    if (same.length > 0) throw sameChannel([channel, ...same])
  }
}

// Titles change; numbers and usernames that differ are of different channels.
function validateSources({name, collected: {uses}}: ReadChannel): void {
  const [first, ...rest] = uses
  for (const {identity, source} of rest) {
    const isOther = isSameChannel(first?.identity ?? {}, identity) === false
    const isTitleAlone = identity.id === undefined && identity.username === undefined
    if (!isOther || isTitleAlone || source.chat !== undefined) continue
    throw badDataError(
      'DATASET_SEVERAL_CHATS',
      message('differentChannels', {
        name,
        first: first?.source.path ?? '',
        firstChannel: described(first),
        second: source.path,
        secondChannel: channelLabel(identity),
      }),
      [message('eachFileToOwn')],
    )
  }
}

function described(use: SourceUse | undefined): Text {
  return channelLabel(use?.identity ?? {})
}

function haveSameSource(a: ReadChannel, b: ReadChannel): boolean {
  return a.collected.uses.some(one => b.collected.uses.some(other => isSameSource(one, other)))
}

function isSameSource(a: SourceUse, b: SourceUse): boolean {
  const isKnown = isSameChannel(a.identity, b.identity)
  if (isKnown !== undefined) return isKnown
  return a.source.chat === b.source.chat && realPath(a.source.path) === realPath(b.source.path)
}

function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    // Not a file: a database.
    return path
  }
}

/** Of each channel the later ones that have the same posts. Only channels that share a post at all are compared. */
function twinsByPosts(channels: readonly ReadChannel[]): Map<ReadChannel, Set<ReadChannel>> {
  const holders = new Map<string, ReadChannel[]>()
  const twins = new Map<ReadChannel, Set<ReadChannel>>()
  for (const channel of channels) {
    const shared = new Map<ReadChannel, number>()
    for (const post of channel.posts) {
      const known = holders.get(post)
      for (const other of known ?? []) shared.set(other, (shared.get(other) ?? 0) + 1)
      if (known) known.push(channel)
      else holders.set(post, [channel])
    }
    for (const [other, same] of shared)
      if (same >= FEWEST_SAME && same >= SAME_SHARE * Math.min(channel.posts.size, other.posts.size))
        twins.set(other, (twins.get(other) ?? new Set()).add(channel))
  }
  return twins
}

/** What tells two channels from one under two names, in 96 bits a post. */
export function numberedTexts(byDay: CollectedPosts['byDay']): Set<string> {
  const posts = [...byDay.values()].flat()
  return new Set(posts.map(({post_id, text}) => hash('sha256', `${post_id}\n${text}`, 'base64').slice(0, 16)))
}

function sameChannel(channels: readonly ReadChannel[]): Ep23Error {
  const names = channels.map(({name}) => name)
  const files = [...new Set(channels.flatMap(({collected}) => collected.uses.map(({source}) => source.path)))]
  const label = channelLabel(channels[0]?.collected.uses[0]?.identity ?? {})
  return badDataError(
    'DATASET_SAME_CHANNEL',
    message('oneChannel', {names: names.join(', '), label, files: files.slice(0, 5).join(', ')}),
    [message('sourceOfItsOwn'), message('countedTwice')],
  )
}

/** A Russian channel quotes other languages and has some posts in them, but most of it is Russian. */
const LEAST_RUSSIAN_SHARE = 0.5
const SHOWN_DAYS = 31

/** @throws Ep23Error DATASET_NOT_RUSSIAN (65), which names the language */
export function validateLanguage({name, cleanByDay}: {name: string; cleanByDay: CleanedPosts['byDay']}): void {
  const main = mainLanguage([...cleanByDay.values()].flat().map(({plain}) => plain))
  if (main === undefined || main.russian >= LEAST_RUSSIAN_SHARE) return
  throw badDataError(
    'DATASET_NOT_RUSSIAN',
    message('notRussian', {
      name,
      language: languageInWords(main.language),
      russian: Math.round(main.russian * 100),
      least: LEAST_RUSSIAN_SHARE * 100,
    }),
    [message('leaveOut'), message('orCheckFile')],
  )
}

/** With `--gaps fail`: every gap of every channel in one message. @throws Ep23Error DATASET_GAPS (65) */
export function validateGaps(channels: readonly PlannedChannel[], {gaps}: SeedOptions): void {
  const withGaps = channels.map(withoutKeptDays).filter(channel => channel.gaps.length > 0)
  if (gaps !== 'fail' || withGaps.length === 0) return
  throw badDataError('DATASET_GAPS', message('daysWithoutDigest', {withGaps: joined(withGaps.map(namedGaps), '; ')}), [
    message('fillGaps'),
    message('chooseWindow'),
  ])
}

/** @throws Ep23Error DATASET_TOO_SYNTHETIC (65) */
export function validateSyntheticShare(channels: readonly PlannedChannel[], {maxSyntheticShare}: SeedOptions): void {
  const days = channels.flatMap(channel => channel.days)
  const synthetic = days.filter(isSynthetic).length
  if (synthetic <= maxSyntheticShare * days.length) return
  throw badDataError(
    'DATASET_TOO_SYNTHETIC',
    message('tooMuchSynthetic', {synthetic, days: days.length, allowed: maxSyntheticShare}),
    [message('addSources'), message('allowLarger')],
  )
}

/** A gap of the sources is none of the dataset where a stored digest stays. */
function withoutKeptDays({name, gaps, days}: PlannedChannel): Pick<PlannedChannel, 'name' | 'gaps'> {
  const real = new Set(days.filter(day => !isSynthetic(day)).map(({source}) => source.day))
  return {name, gaps: gaps.filter(({day}) => !real.has(day))}
}

function isSynthetic({source, storedOrigin, stays}: PlannedDay): boolean {
  return stays ? storedOrigin === 'synthetic' : source.generator !== undefined
}

function namedGaps({name, gaps}: Pick<PlannedChannel, 'name' | 'gaps'>): Message {
  const days = gaps.slice(0, SHOWN_DAYS).map(({day, reason}) => joined([day, ' (', reason, ')'], ''))
  const rest = gaps.length - days.length
  const shown = rest > 0 ? message('andMore', {shown: joined(days), more: rest}) : joined(days)
  return joined([name, shown], ': ')
}
