import {badDataError, type Runtime, type Store} from '@ep23/sdk'

import {emptyTally, type SourcePost} from '../domain/posts.js'
import type {PostReading} from './seed-deps.js'
import {isDatabase, type SeedChannel, type SeedSource, type SourceOptions} from './source-options.js'
import {COLLECTED_POSTS, type CollectedPost, channelPosts} from './channel-posts.js'
import {channelIn} from '../domain/team-fields.js'
import {message} from '../words/words.js'

type ReadPosts = () => AsyncIterable<CollectedPost>

/** Sources of posts that are no files: the team's database, and what `dataset:collect` copied of it. */
export interface PostSources<O extends SourceOptions = SourceOptions> {
  /** With those sources under names that have no password in them. */
  options: O
  /** Undefined for a file. */
  open(path: string): PostReading | undefined
  dispose(): Promise<void>
}

/**
 * `--from mongodb://…` without a channel means every channel of the set: those of `--channels`, else of the settings file, else all
 * that the database has.
 */
export async function fromEveryChannel(
  {openStore}: Pick<Runtime, 'openStore'>,
  from: string[] | undefined,
  named: readonly string[],
): Promise<string[] | undefined> {
  if (from === undefined || !from.some(isDatabase)) return from
  const expanded: string[] = []
  for (const value of from) {
    if (!isDatabase(value)) expanded.push(value)
    else
      for (const name of named.length > 0 ? named : await channelsIn(openStore(value)))
        expanded.push(`${name}=${value}`)
  }
  return expanded
}

async function channelsIn(store: Store): Promise<string[]> {
  try {
    const names = [...(await store.collection('posts').countBy({}, 'channel_username')).keys()]
    const channels = new Set(names.flatMap(name => channelIn(name) ?? []))
    if (channels.size > 0) return [...channels].sort()
    throw badDataError('DATASET_NO_POSTS', message('storeHasNoPosts', {location: store.location}), [
      message('collectDaily'),
    ])
  } finally {
    await store.dispose()
  }
}

/** Replaces databases among the sources, and adds what was collected of the chosen channels. */
export async function openPostSources<O extends SourceOptions>(
  {store, openStore}: Pick<Runtime, 'store' | 'openStore'>,
  options: O,
): Promise<PostSources<O>> {
  const readers = new Map<string, {name: string; read: ReadPosts}>()
  const opened = new Map<string, Store>()
  const databaseAt = (url: string): Store => {
    const database = opened.get(url) ?? openStore(url)
    opened.set(url, database)
    return database
  }
  const register = (path: string, name: string, read: ReadPosts): SeedSource => {
    readers.set(path, {name, read})
    return {path}
  }
  const collected = await store.collection(COLLECTED_POSTS).countBy({}, 'channel')
  const sourcesOf = ({name, sources}: SeedChannel): SeedSource[] => [
    ...(collected.has(name)
      ? [
          register(message('postsCollected', {name, location: store.location}).english, name, () =>
            collectedPosts(store, name),
          ),
        ]
      : []),
    ...sources.map(source => {
      if (!isDatabase(source.path)) return source
      const database = databaseAt(source.path)
      const channel = source.chat ?? name
      return register(message('postsIn', {channel, location: database.location}).english, name, () =>
        postsIn(database, channel),
      )
    }),
  ]
  const channels = options.channels.map(channel => ({...channel, sources: sourcesOf(channel)}))
  return {
    options: {...options, channels},
    open(path) {
      const reader = readers.get(path)
      return reader && reading(reader.name, reader.read)
    },
    async dispose() {
      for (const database of opened.values()) await database.dispose()
    },
  }
}

async function* collectedPosts(store: Store, channel: string): AsyncGenerator<CollectedPost> {
  yield* store.collection<CollectedPost>(COLLECTED_POSTS).find({channel}, {sort: {post_key: 1}})
}

async function* postsIn(database: Store, channel: string): AsyncGenerator<CollectedPost> {
  for await (const {posts} of channelPosts(database, [channel])) yield* posts.values()
}

const BATCH = 500

function reading(name: string, read: ReadPosts): PostReading {
  const tally = emptyTally()
  const channel = {username: name.slice(1)}
  async function* batches(): AsyncGenerator<SourcePost[]> {
    let batch: SourcePost[] = []
    for await (const {post_id, published_at, text} of read()) {
      batch.push({channel, post_id, published_at, text, url: `https://t.me/${channel.username}/${post_id}`})
      tally.posts += 1
      if (batch.length === BATCH) {
        yield batch
        batch = []
      }
    }
    if (batch.length > 0) yield batch
  }
  return {tally, mayBeEmpty: true, [Symbol.asyncIterator]: batches}
}
