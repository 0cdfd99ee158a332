import {realpathSync} from 'node:fs'

import {badDataError, type Ep23Error} from '@ep23/sdk'

import {channelLabel, isSameChannel} from '../../domain/channel-identity.js'
import type {ChannelState} from './seed-state.js'
import type {SourceUse} from './own-posts.js'

/** Two channels of which this share of the posts has the same numbers and the same texts are one: reposts have numbers of their own. */
const SAME_SHARE = 0.5
const FEWEST_SAME = 3

/**
 * One channel under two names would count every finding twice.
 * @throws Ep23Error DATASET_SEVERAL_CHATS for sources of one channel that are of different ones, DATASET_SAME_CHANNEL (65) with
 * all the names that one channel was given.
 */
export function refuseSameChannel(channels: readonly ChannelState[]): void {
  for (const channel of channels) refuseDifferentSources(channel)
  for (const [index, channel] of channels.entries()) {
    const same = channels.slice(index + 1).filter(other => isSame(channel, other))
    if (same.length > 0) throw sameChannel([channel, ...same])
  }
}

// Titles change; numbers and usernames that differ are of different channels.
function refuseDifferentSources({name, collected: {uses}}: ChannelState): void {
  const [first, ...rest] = uses
  for (const {identity, source} of rest) {
    const isOther = isSameChannel(first?.identity ?? {}, identity) === false
    const isTitleAlone = identity.id === undefined && identity.username === undefined
    if (!isOther || isTitleAlone || source.chat !== undefined) continue
    throw badDataError(
      'DATASET_SEVERAL_CHATS',
      `the sources of ${name} are of different channels: ${first?.source.path} of ${described(first)}, ${source.path} of ${channelLabel(identity)}`,
      ['give each file to its own channel: --from @channel=FILE'],
    )
  }
}

function described(use: SourceUse | undefined): string {
  return channelLabel(use?.identity ?? {})
}

function isSame(a: ChannelState, b: ChannelState): boolean {
  const pairs = a.collected.uses.flatMap(one => b.collected.uses.map(other => [one, other] as const))
  return pairs.some(([one, other]) => isSameSource(one, other)) || haveSamePosts(a, b)
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

function haveSamePosts(a: ChannelState, b: ChannelState): boolean {
  const [ofA, ofB] = [numberedTexts(a), numberedTexts(b)]
  const same = [...ofA].filter(post => ofB.has(post)).length
  return same >= FEWEST_SAME && same >= SAME_SHARE * Math.min(ofA.size, ofB.size)
}

function numberedTexts({collected}: ChannelState): Set<string> {
  return new Set([...collected.byDay.values()].flat().map(({post_id, text}) => `${post_id}\n${text}`))
}

function sameChannel(channels: readonly ChannelState[]): Ep23Error {
  const names = channels.map(({name}) => name)
  const files = [...new Set(channels.flatMap(({collected}) => collected.uses.map(({source}) => source.path)))]
  const label = channelLabel(channels[0]?.collected.uses[0]?.identity ?? {})
  return badDataError(
    'DATASET_SAME_CHANNEL',
    `${names.join(', ')} are one channel (${label}): ${files.slice(0, 5).join(', ')}`,
    [
      'give each channel a source of its own: --from @channel=FILE',
      'a channel of several counts its posts as independent',
    ],
  )
}
