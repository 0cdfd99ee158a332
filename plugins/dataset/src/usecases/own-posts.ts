import {badDataError, joined} from '@ep23/sdk'

import type {ChannelName} from '../domain/channel.js'
import {
  channelLabel,
  isNamed,
  isSameChannel,
  type SourceChannel,
  type SourcePost,
  type SourceTally,
} from '../domain/posts.js'
import type {SeedSource} from './source-options.js'
import type {ReadPosts} from './seed-deps.js'
import {message} from '../words/words.js'

/** What one source gave for one channel. */
export interface SourceUse {
  source: SeedSource
  tally: SourceTally
  /** All that it says of the channel whose posts were taken. */
  identity: SourceChannel
  /** Posts of other channels, which were passed over. */
  otherChannels: number
}

/**
 * Streams the posts of one channel out of a source that may hold several, and gives what was met as `onEnd`. A source that
 * names its channels by username is filtered; one that does not must hold one channel, or be told which (`FILE#Title`).
 * @throws Ep23Error DATASET_OTHER_CHANNEL, DATASET_SEVERAL_CHATS, DATASET_NO_POSTS (65)
 */
export async function* ownPosts(
  readPosts: ReadPosts,
  name: ChannelName,
  source: SeedSource,
  onEnd?: (use: SourceUse) => void,
): AsyncGenerator<readonly SourcePost[]> {
  const reading = readPosts(source.path)
  const own = new OwnChannel(name, source)
  let otherChannels = 0
  for await (const batch of reading) {
    const posts = batch.filter(post => own.has(post))
    otherChannels += batch.length - posts.length
    if (posts.length > 0) yield posts
  }
  const {tally} = reading
  if (tally.posts === 0 && reading.mayBeEmpty !== true) throw noPosts(source, tally)
  if (tally.posts > 0) own.assertFound()
  onEnd?.({source, tally, identity: own.identity, otherChannels})
}

/** A title that so many posts share, and so few titles in all: a channel's, where nothing else names one. */
const FEWEST_POSTS_A_TITLE = 3
const MOST_TITLES = 50

/** Tells a source's channels apart as they come by. */
class OwnChannel {
  identity: SourceChannel = {}
  #found = false
  readonly #titles = new Map<string, number>()
  // Posts of one channel share one object, so that each is looked at once.
  readonly #known = new Map<SourceChannel, boolean>()

  constructor(
    private readonly name: ChannelName,
    private readonly source: SeedSource,
  ) {}

  has({channel, title}: SourcePost): boolean {
    if (title !== undefined && isUnnamed(channel)) return this.#hasTitled(title)
    const known = this.#known.get(channel)
    if (known !== undefined) return known
    const isOwn = this.#isOwn(channel)
    this.#known.set(channel, isOwn)
    if (isOwn) this.#identify(channel)
    return isOwn
  }

  // Whether a title is the channel's or the post's is known at the end: titles of posts differ.
  #hasTitled(title: string): boolean {
    if (this.#titles.size <= MOST_TITLES) this.#titles.set(title, (this.#titles.get(title) ?? 0) + 1)
    const {chat} = this.source
    const isOwn = chat === undefined || chat.trim() === title
    if (isOwn) this.#found = true
    return isOwn
  }

  #isOwn(channel: SourceChannel): boolean {
    const {chat} = this.source
    if (chat !== undefined) return isNamed(channel, chat)
    return channel.username === undefined || `@${channel.username.toLowerCase()}` === this.name
  }

  #identify(channel: SourceChannel): void {
    this.#found = true
    if (isSameChannel(this.identity, channel) === false) throwSeveralChannels(this.source, this.identity, channel)
    this.identity = {...this.identity, ...channel}
  }

  #judgeTitles(): void {
    const titled = [...this.#titles.values()].reduce((sum, count) => sum + count, 0)
    const {size} = this.#titles
    if (size === 0 || size > MOST_TITLES || titled < size * FEWEST_POSTS_A_TITLE) return
    const [first = '', ...rest] = this.#titles.keys()
    const {chat} = this.source
    if (rest.length > 0 && chat === undefined)
      throwSeveralChannels(this.source, ...[first, ...rest].map(title => ({title})))
    this.identity = {title: chat ?? first, ...this.identity}
  }

  /** To be called at the end: nothing of the channel was there, or more than one channel. */
  assertFound(): void {
    this.#judgeTitles()
    if (this.#found) return
    const labels = [...new Set([...[...this.#known.keys()].map(channelLabel), ...this.#titles.keys()])]
    const {path, chat} = this.source
    throw badDataError(
      'DATASET_OTHER_CHANNEL',
      message('noPostOf', {path, name: chat ?? this.name, labels: joined(labels.slice(0, 8))}),
      [message('fileToOwnChannel'), message('channelRenamed', {name: this.name, path, labels: labels[0] ?? ''})],
    )
  }
}

function isUnnamed({id, username, title}: SourceChannel): boolean {
  return id === undefined && username === undefined && title === undefined
}

function throwSeveralChannels({path}: SeedSource, ...channels: SourceChannel[]): never {
  const labels = channels.slice(0, 8).map(channelLabel)
  throw badDataError('DATASET_SEVERAL_CHATS', message('severalChannels', {path, labels: joined(labels)}), [
    message('sayWhichChannel', {path, labels: labels[0] ?? ''}),
  ])
}

// An error and not a gap: whoever names a source means its posts, and synthetic days must not stand in for them.
export function noPosts({path}: SeedSource, tally: SourceTally): Error {
  const {withoutText, service, invalid, firstInvalid} = tally
  const found = [
    ...(withoutText > 0 ? [message('recordsWithoutText', {records: withoutText})] : []),
    ...(service > 0 ? [message('serviceMessages', {records: service})] : []),
    ...(invalid > 0 ? [message('unreadableRecords', {records: invalid, first: firstInvalid ?? ''})] : []),
  ]
  return badDataError(
    'DATASET_NO_POSTS',
    message('noPostRead', {path, found: found.length === 0 ? message('noRecordsAtAll') : joined(found)}),
    withoutText > 0 ? [message('exportTexts')] : [message('checkExport')],
  )
}
