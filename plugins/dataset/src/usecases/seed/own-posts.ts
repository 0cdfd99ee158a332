import {badDataError} from '@ep23/sdk'

import type {ChannelName} from '../../domain/channel.js'
import type {SeedSource} from '../../domain/seed-options.js'
import type {SourceChannel, SourcePost} from '../../domain/source-post.js'
import type {ReadPosts} from './seed-deps.js'

/**
 * Streams the posts of one channel out of a source that may hold several. A source that names its channels by username
 * is filtered; one that knows only titles must hold one channel, or be told which (`FILE#Title`).
 * @throws Ep23Error DATASET_OTHER_CHANNEL, DATASET_SEVERAL_CHATS (65)
 */
export async function* ownPosts(
  readPosts: ReadPosts,
  name: ChannelName,
  source: SeedSource,
): AsyncGenerator<readonly SourcePost[]> {
  const seen = new Map<SourceChannel, string>()
  let found = false
  for await (const batch of readPosts(source.path)) {
    for (const {channel} of batch) if (!seen.has(channel)) seen.set(channel, labelOf(channel))
    const own = batch.filter(({channel}) => isOwn(channel, name, source.chat))
    refuseSeveral(own, source)
    found ||= own.length > 0
    if (own.length > 0) yield own
  }
  if (!found && seen.size > 0) refuseOthers(name, source, [...new Set(seen.values())])
}

function isOwn({username, title, id}: SourceChannel, name: ChannelName, chat: string | undefined): boolean {
  if (chat !== undefined) return chat === title || chat === id || chat === username
  return username === undefined || `@${username.toLowerCase()}` === name
}

function refuseSeveral(own: readonly SourcePost[], {path, chat}: SeedSource): void {
  const labels = [...new Set(own.map(({channel}) => labelOf(channel)))]
  if (labels.length < 2 || chat !== undefined) return
  throw badDataError('DATASET_SEVERAL_CHATS', `${path} holds several channels: ${labels.slice(0, 5).join(', ')}`, [
    `say which one: --from '@channel=${path}#${labels[0]}'`,
  ])
}

function refuseOthers(name: ChannelName, {path, chat}: SeedSource, labels: readonly string[]): never {
  throw badDataError(
    'DATASET_OTHER_CHANNEL',
    `${path} holds no post of ${chat ?? name}; it has ${labels.slice(0, 8).join(', ')}`,
    ['give the file to its own channel: --from @channel=FILE'],
  )
}

function labelOf({username, title, id}: SourceChannel): string {
  return username === undefined ? (title ?? id ?? 'an unnamed channel') : `@${username}`
}
