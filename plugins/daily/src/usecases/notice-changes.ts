import type {ChannelPosts} from '@ep23/plugin-dataset/days'
import {normalizeForMatching, stemmedWords, stripMarkup} from '@ep23/plugin-dataset/text'

import type {Finding} from '../domain/board-line.js'
import {dayAfter} from '../domain/calendar.js'
import type {SavedPost} from '../domain/day-files.js'
import type {DailyDeps} from './daily-deps.js'

/** How many days a post is looked at again after its day was closed. */
export const DAYS_READ_AGAIN = 2
/** A sentence with at least this share of its words in a post rests on it, where no link says so. */
const RESTS_FROM = 0.6

/** Posts of the days before that are gone or say something else by now, where a digest rests on them. The digests stay as they are. */
export async function noticeChanges(
  {files}: Pick<DailyDeps, 'files'>,
  posts: readonly ChannelPosts[],
  day: string,
): Promise<Finding[]> {
  const findings: Finding[] = []
  for (let back = DAYS_READ_AGAIN; back >= 1; back--) {
    const before = dayAfter(day, -back)
    const saved = (await files(before).readPosts()) ?? []
    const records = saved.length === 0 ? [] : await files(before).readRecords()
    for (const post of saved) {
      const kind = changeOf(
        post,
        posts.find(({channel}) => channel === post.channel),
        before,
      )
      const summary = records.find(({channel}) => channel === post.channel)?.summary_markdown ?? ''
      const sentence = kind && sentenceOn(post, summary)
      if (kind && sentence !== undefined)
        findings.push({kind, day: before, channel: post.channel, post: post.url ?? post.post_id, sentence})
    }
  }
  return findings
}

function changeOf(post: SavedPost, now: ChannelPosts | undefined, day: string): Finding['kind'] | undefined {
  if (now === undefined) return undefined
  const found = now.byDay.get(day)?.find(({post_id}) => post_id === post.post_id)
  if (found) return normalizeForMatching(found.text) === normalizeForMatching(post.text) ? undefined : 'post_edited'
  // A source that forgets its oldest posts has deleted nothing.
  const reachesBack = [...now.byDay.values()]
    .flat()
    .some(({published_at}) => published_at.toISOString() < post.published_at)
  return reachesBack ? 'post_deleted' : undefined
}

/** The line of a digest that links to the post, else the one whose words stand in it; undefined where none rests on it. */
export function sentenceOn({post_id, text}: Pick<SavedPost, 'post_id' | 'text'>, summary: string): string | undefined {
  const lines = summary.split('\n').filter(line => line.trim() !== '')
  const linked = lines.find(line => line.includes(`/${post_id})`))
  if (linked !== undefined) return plain(linked)
  if (summary.includes('](https://t.me/')) return undefined
  const words = new Set(stemmedWords(plain(text)))
  const shares = lines.map(line => ({line, share: shareIn(stemmedWords(plain(line)), words)}))
  const best = shares.toSorted((a, b) => b.share - a.share)[0]
  return best && best.share >= RESTS_FROM ? plain(best.line) : undefined
}

function shareIn(own: readonly string[], words: ReadonlySet<string>): number {
  return own.length < 3 ? 0 : own.filter(word => words.has(word)).length / own.length
}

function plain(markup: string): string {
  return stripMarkup(markup).text.trim()
}
