import {badDataError} from '@ep23/sdk'

import type {ChannelName} from '../../domain/channel.js'
import {channelLabel, isNamed, isSameChannel} from '../../domain/channel-identity.js'
import type {SeedSource} from '../../domain/seed-options.js'
import type {SourceChannel, SourcePost} from '../../domain/source-post.js'
import type {SourceTally} from '../../domain/source-tally.js'
import type {ReadPosts} from './seed-deps.js'

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
    const posts = batch.filter(({channel}) => own.has(channel))
    otherChannels += batch.length - posts.length
    if (posts.length > 0) yield posts
  }
  const {tally} = reading
  if (tally.posts === 0 && reading.mayBeEmpty !== true) throw noPosts(source, tally)
  if (tally.posts > 0) own.refuseOthers()
  onEnd?.({source, tally, identity: own.identity, otherChannels})
}

/** Tells a source's channels apart as they come by. */
class OwnChannel {
  identity: SourceChannel = {}
  #found = false
  // Posts of one channel share one object, so that each is looked at once.
  readonly #known = new Map<SourceChannel, boolean>()

  constructor(
    private readonly name: ChannelName,
    private readonly source: SeedSource,
  ) {}

  has(channel: SourceChannel): boolean {
    const known = this.#known.get(channel)
    if (known !== undefined) return known
    const isOwn = this.#isOwn(channel)
    this.#known.set(channel, isOwn)
    if (isOwn) this.#identify(channel)
    return isOwn
  }

  #isOwn(channel: SourceChannel): boolean {
    const {chat} = this.source
    if (chat !== undefined) return isNamed(channel, chat)
    return channel.username === undefined || `@${channel.username.toLowerCase()}` === this.name
  }

  #identify(channel: SourceChannel): void {
    this.#found = true
    if (isSameChannel(this.identity, channel) === false) refuseSeveral(this.source, this.identity, channel)
    this.identity = {...this.identity, ...channel}
  }

  refuseOthers(): void {
    if (this.#found) return
    const labels = [...new Set([...this.#known.keys()].map(channelLabel))]
    const {path, chat} = this.source
    throw badDataError(
      'DATASET_OTHER_CHANNEL',
      `${path} holds no post of ${chat ?? this.name}; it has ${labels.slice(0, 8).join(', ')}`,
      [
        'give the file to its own channel: --from @channel=FILE',
        `or, if the channel was renamed, say so: --from '${this.name}=${path}#${labels[0]}'`,
      ],
    )
  }
}

function refuseSeveral({path}: SeedSource, ...channels: SourceChannel[]): never {
  const labels = channels.map(channelLabel)
  throw badDataError('DATASET_SEVERAL_CHATS', `${path} holds several channels: ${labels.join(', ')}`, [
    `say which one: --from '@channel=${path}#${labels[0]}'`,
  ])
}

// An error and not a gap: whoever names a source means its posts, and synthetic days must not stand in for them.
export function noPosts({path}: SeedSource, tally: SourceTally): Error {
  const {withoutText, service, invalid, firstInvalid} = tally
  const found = [
    ...(withoutText > 0 ? [`${withoutText} records without text`] : []),
    ...(service > 0 ? [`${service} service messages`] : []),
    ...(invalid > 0 ? [`${invalid} records that could not be read (the first: ${firstInvalid})`] : []),
  ]
  return badDataError(
    'DATASET_NO_POSTS',
    `${path}: no post was read; it has ${found.length === 0 ? 'no records at all' : found.join(', ')}`,
    withoutText > 0
      ? ['export the texts too; tdl writes them with: tdl chat export --all --with-content']
      : ['check that the file is an export of the channel: ep23 dataset:formats shows what is read'],
  )
}
