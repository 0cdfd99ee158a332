import {badDataError} from '@ep23/sdk'

import type {Version} from '../domain/worth.js'
import type {ComparedPosts, PlannedChannel} from './channel-stages.js'
import {message} from '../words/words.js'

/** The posts of one channel are nearly all the same from one reading to the next; reposts are what two channels share. */
const SAME_SHARE = 0.1
const FEWEST_COMPARED = 5

/** How many posts of a day are the same: by number, or by text where a source has no numbers. Undefined where ep23 read no posts. */
export function comparePosts(stored: Version, offered: Version): ComparedPosts | undefined {
  const isRead = ['extractive', 'model'].includes(stored.writer.kind)
  if (!isRead || stored.origin !== 'telegram' || offered.origin !== 'telegram') return undefined
  const ids = new Set(stored.posts.map(({post_id}) => post_id))
  const texts = new Set(stored.posts.map(({text}) => text))
  const same = offered.posts.filter(({post_id, text}) => ids.has(post_id) || texts.has(text)).length
  return {same, of: Math.min(stored.posts.length, offered.posts.length)}
}

/**
 * A file that names no channel and is given to the wrong one would replace a month of good digests.
 * @throws Ep23Error DATASET_OTHER_POSTS (65), which names the channel and its files
 */
export function validateStoredPosts({name, days, collected}: PlannedChannel): void {
  const compared = days.flatMap(day => day.compared ?? [])
  const sum = (key: keyof ComparedPosts): number => compared.reduce((total, day) => total + day[key], 0)
  const [same, of] = [sum('same'), sum('of')]
  if (of < FEWEST_COMPARED || same >= SAME_SHARE * of) return
  const files = [...new Set(collected.uses.map(({source}) => source.path))].slice(0, 5).join(', ')
  throw badDataError('DATASET_OTHER_POSTS', message('otherPosts', {name, files, same, of, days: compared.length}), [
    message('fileToOwnChannel'),
    message('replaceOtherPosts'),
    message('restoreOtherPosts'),
  ])
}
