import {badDataError} from '@ep23/sdk'

import {dayOf, dayWindow, type DayWindow} from '../../domain/day-window.js'
import type {SeedChannel, SeedOptions} from '../../domain/seed-options.js'
import {ownPosts} from './own-posts.js'
import type {ReadPosts} from './seed-deps.js'

const DAY = 86_400_000

/** The window's days: up to `until`, or up to the last day that all sources cover whole. */
export async function resolveWindow(readPosts: ReadPosts, options: SeedOptions): Promise<DayWindow> {
  const {until, timeZone: zone, policy} = options
  const last = until === 'latest' ? await latestWholeDay(readPosts, options) : until
  return dayWindow({until: last, days: policy.days, zone})
}

// The collector stopped at some moment of the last day, so only the day before it is known to be whole.
async function latestWholeDay(readPosts: ReadPosts, {channels, timeZone}: SeedOptions): Promise<string> {
  const withSources = channels.filter(({sources}) => sources.length > 0)
  if (withSources.length === 0)
    throw badDataError('DATASET_NO_SOURCES', '"--until latest" needs sources to look at, and none is given', [
      'name the last day: --until YYYY-MM-DD',
      'or give sources: --from @channel=FILE',
    ])
  const lastPosts = await Promise.all(withSources.map(channel => lastPostAt(readPosts, channel)))
  return dayOf(new Date(Math.min(...lastPosts) - DAY), timeZone)
}

async function lastPostAt(readPosts: ReadPosts, {name, sources}: SeedChannel): Promise<number> {
  let last = Number.NEGATIVE_INFINITY
  for (const source of sources)
    for await (const batch of ownPosts(readPosts, name, source))
      for (const post of batch) last = Math.max(last, post.published_at.getTime())
  if (Number.isFinite(last)) return last
  throw badDataError(
    'DATASET_NO_POSTS',
    `${name}: there is no post with text in ${sources.map(({path}) => path).join(', ')}`,
    ['check that the file belongs to the channel'],
  )
}
