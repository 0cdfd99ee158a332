import {nextTurn, type StepReport} from '@ep23/sdk'

import type {DayWindow} from '../domain/day-window.js'
import {postsForDigest} from '../domain/posts.js'
import type {Spool} from '../domain/spool.js'
import {SharedPostTally, type SharedPosts} from './shared-posts.js'
import {type CleanedPosts, cleanPosts, gapReason} from './clean-posts.js'
import type {CleanChannel, ReadChannel} from './channel-stages.js'
import type {SeedDeps} from './seed-deps.js'
import {validateLanguage} from './validate-channels.js'
import {message} from '../words/words.js'

/**
 * Makes the posts ready for reading, those of one channel at a time; finds the gaps, and the posts that channels share.
 * @throws Ep23Error DATASET_NOT_RUSSIAN (65)
 */
export async function cleanChannels(
  {spool, signal}: Pick<SeedDeps, 'spool' | 'signal'>,
  channels: readonly ReadChannel[],
  window: DayWindow,
  report: StepReport,
): Promise<{channels: CleanChannel[]; sharedPosts: SharedPosts[]}> {
  const clean: CleanChannel[] = []
  const shared = new SharedPostTally()
  for (const channel of channels) {
    await nextTurn(signal)
    clean.push(cleanChannel(channel, {spool, window, shared}))
  }
  const dropped = clean.flatMap(channel => Object.values(channel.dropped)).reduce((sum, count) => sum + count, 0)
  report.note(message('postsDropped', {posts: dropped}))
  return {channels: clean, sharedPosts: shared.pairs()}
}

function cleanChannel(
  {name, collected, byDay: place}: ReadChannel,
  {spool, window, shared}: {spool: Spool; window: DayWindow; shared: SharedPostTally},
): CleanChannel {
  const byDay = spool.get(place)
  const {byDay: cleanByDay, dropped} = cleanPosts(byDay, name)
  validateLanguage({name, cleanByDay})
  const gaps = window.days.flatMap(day => {
    const reason = gapReason(cleanByDay.get(day) ?? [])
    return reason === undefined ? [] : [{day, reason}]
  })
  tallyShared(shared, name, cleanByDay, new Set(gaps.map(({day}) => day)))
  const posts = [...byDay.values()].reduce((sum, ofDay) => sum + ofDay.length, 0)
  return {
    name,
    collected: {...collected, posts, daysWithPosts: byDay.size},
    cleanByDay: new Map([...cleanByDay].map(([day, ofDay]) => [day, spool.put(ofDay)])),
    dropped,
    gaps,
  }
}

// Of what the documents will hold, so that the audit counts the same.
function tallyShared(
  tally: SharedPostTally,
  name: string,
  cleanByDay: CleanedPosts['byDay'],
  gaps: ReadonlySet<string>,
): void {
  for (const [day, posts] of cleanByDay)
    if (!gaps.has(day)) for (const {text} of postsForDigest(posts)) tally.add(name, text)
}
