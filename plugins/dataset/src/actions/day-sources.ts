import {existsSync} from 'node:fs'

import {hasCode, type Runtime, usageError, verbatim} from '@ep23/sdk'

import {readSource} from '../adapters/sources/read-source.js'
import type {ChannelName} from '../domain/channel.js'
import type {DayWindow} from '../domain/day-window.js'
import type {SourcePost} from '../domain/posts.js'
import type {SeedFlags} from '../flags.js'
import {channelNames, resolveSources, type SeedChannel} from '../usecases/source-options.js'
import {collectPosts} from '../usecases/read-sources.js'
import {fromEveryChannel, openPostSources} from '../usecases/post-sources.js'
import {message} from '../words/words.js'

/** What one channel's sources hold of some days. */
export interface ChannelPosts {
  channel: ChannelName
  /** By local day, oldest first; each post once, its latest edit. Days without posts are absent. */
  byDay: ReadonlyMap<string, readonly SourcePost[]>
}

export interface DaySources {
  channels: readonly ChannelName[]
  timeZone: string
  read(window: DayWindow): Promise<ChannelPosts[]>
  dispose(): Promise<void>
}

/**
 * The sources of `--from`, as `dataset:seed` understands it, else those of ep23.config.yaml, read as often as wanted.
 * @throws Ep23Error USAGE (64) for a channel without a source: its days would be closed for ever as days without posts
 */
export async function openDaySources(
  runtime: Runtime,
  flags: Pick<SeedFlags, 'from' | 'channels' | 'time-zone' | 'source-time-zone'>,
): Promise<DaySources> {
  const {settings, signal} = runtime
  const section = settings.section('dataset')
  const from = await fromEveryChannel(runtime, flags.from, channelNames(flags.channels, section))
  const folders = {section, configDir: settings.configDir, cwd: process.cwd(), fileExists: existsSync}
  const sources = await openPostSources(runtime, resolveSources({...flags, from}, folders))
  const {options} = sources
  const bare = options.channels.filter(channel => channel.sources.length === 0)
  if (bare.length > 0) {
    await sources.dispose()
    throw noSourceOf(bare)
  }
  const reading = {signal, sourceTimeZone: options.sourceTimeZone, calendarTimeZone: options.timeZone}
  return {
    channels: options.channels.map(({name}) => name),
    timeZone: options.timeZone,
    async read(window) {
      const found: ChannelPosts[] = []
      for (const channel of options.channels) {
        const readPosts = (path: string) => sources.open(path) ?? readSource(path, reading)
        const {byDay} = await collectPosts(readPosts, channel, window, () => undefined).catch((error: unknown) => {
          // A database forgets; a file without a post is a mistake.
          const forgets = channel.sources.every(({path}) => sources.open(path) !== undefined)
          if (forgets && hasCode(error, 'DATASET_NO_POSTS')) return {byDay: new Map<string, SourcePost[]>()}
          throw error
        })
        found.push({channel: channel.name, byDay})
      }
      return found
    },
    dispose: () => sources.dispose(),
  }
}

function noSourceOf(channels: readonly SeedChannel[]): Error {
  const names = channels.map(({name}) => name)
  return usageError(message('noSourceOf', {channels: names.join(', ')}), [
    verbatim(names.map(name => `--from ${name}=FILE`).join(' ')),
    message('sourceInSettings'),
    message('leaveChannelOut'),
  ])
}
