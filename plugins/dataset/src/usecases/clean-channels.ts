import {nextTurn, type StepReport} from '@ep23/sdk'

import type {DayWindow} from '../domain/day-window.js'
import {postsForDigest} from '../domain/posts.js'
import {SharedPostTally, type SharedPosts} from './shared-posts.js'
import {cleanPosts, gapReason} from './clean-posts.js'
import type {CleanChannel, ReadChannel} from './channel-stages.js'
import {validateLanguage} from './validate-channels.js'
import {message} from '../words/words.js'

/**
 * Makes the posts ready for reading; finds the gaps, and the posts that channels share.
 * @param channels is emptied: the posts as they were read are needed no longer
 * @throws Ep23Error DATASET_NOT_RUSSIAN (65)
 */
export async function cleanChannels(
  channels: ReadChannel[],
  {window, signal}: {window: DayWindow; signal: AbortSignal},
  report: StepReport,
): Promise<{channels: CleanChannel[]; sharedPosts: SharedPosts[]}> {
  const clean: CleanChannel[] = []
  for (let channel = channels.shift(); channel; channel = channels.shift()) {
    await nextTurn(signal)
    clean.push(cleanChannel(channel, window))
  }
  const dropped = clean.flatMap(channel => Object.values(channel.dropped)).reduce((sum, count) => sum + count, 0)
  report.note(message('postsDropped', {posts: dropped}))
  return {channels: clean, sharedPosts: sharedPosts(clean)}
}

function cleanChannel({name, collected}: ReadChannel, window: DayWindow): CleanChannel {
  const {byDay, ...facts} = collected
  const {byDay: cleanByDay, dropped} = cleanPosts(byDay, name)
  validateLanguage({name, cleanByDay})
  const gaps = window.days.flatMap(day => {
    const reason = gapReason(cleanByDay.get(day) ?? [])
    return reason === undefined ? [] : [{day, reason}]
  })
  const posts = [...byDay.values()].reduce((sum, ofDay) => sum + ofDay.length, 0)
  return {name, collected: {...facts, posts, daysWithPosts: byDay.size}, cleanByDay, dropped, gaps}
}

// Of what the documents will hold, so that the audit counts the same.
function sharedPosts(channels: readonly CleanChannel[]): SharedPosts[] {
  const tally = new SharedPostTally()
  for (const {name, cleanByDay, gaps} of channels) {
    const isGap = new Set(gaps.map(({day}) => day))
    for (const [day, posts] of cleanByDay)
      if (!isGap.has(day)) for (const {text} of postsForDigest(posts)) tally.add(name, text)
  }
  return tally.pairs()
}
