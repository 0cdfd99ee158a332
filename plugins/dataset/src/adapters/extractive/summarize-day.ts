import {digestHeading, digestMarkdown, type Bullet, type Section} from '../../domain/documents/digest-markdown.js'
import type {CleanPost} from '../../domain/clean-post.js'
import type {DaySummaryInput} from '../../domain/summarizer.js'
import {rankPosts, type ChosenPost} from './rank-posts.js'
import {readPost} from './read-post.js'
import {shortened, writeBullet} from './write-bullet.js'

const ALL_UP_TO = 7
const MOST_BULLETS = 12
const MAIN_BULLETS = 3

export interface ExtractiveSummary {
  markdown: string
  /** Posts with a bullet, in the order of the digest. */
  usedPostIds: string[]
}

/**
 * Writes the digest of a day from the posts' own sentences: of each post the first that stands alone, and what goes on from it.
 * That is lead-n: no ranking of sentences chose better than the authors' order (bench/summaries.ts). What is ranked are posts.
 * Deterministic: equal input, equal bytes.
 */
export function summarizeDay({channel, day, posts, generator}: DaySummaryInput): ExtractiveSummary {
  const count = bulletCount(posts.length)
  const chosen = rankPosts(posts.map(readPost), count)
  const sections = chosen.length > 0 ? sectionsOf(chosen) : [{bullets: posts.slice(0, count).map(plainBullet)}]
  return {
    markdown: digestMarkdown(digestHeading(channel, day, posts.length, {synthetic: generator !== undefined}), sections),
    usedPostIds: sections.flatMap(({bullets}) => bullets.flatMap(({post}) => post.post_id ?? [])),
  }
}

/** Every post of a quiet day; of a busy one a third of what is above that, up to what one still reads. */
export function bulletCount(posts: number): number {
  return posts <= ALL_UP_TO ? posts : Math.min(MOST_BULLETS, ALL_UP_TO + Math.ceil((posts - ALL_UP_TO) / 3))
}

// A long digest opens with the most important; the rest follows in the order of the day.
function sectionsOf(chosen: readonly ChosenPost[]): Section[] {
  if (chosen.length <= ALL_UP_TO) return [{bullets: inOrderOfDay(chosen)}]
  return [
    {title: 'Главное', bullets: chosen.slice(0, MAIN_BULLETS).map(toBullet)},
    {title: 'Также за день', bullets: inOrderOfDay(chosen.slice(MAIN_BULLETS))},
  ]
}

function inOrderOfDay(chosen: readonly ChosenPost[]): Bullet[] {
  return [...chosen]
    .sort((a, b) => a.read.post.published_at.getTime() - b.read.post.published_at.getTime())
    .map(toBullet)
}

// A day of nothing but calls and questions: better its own words than none.
function plainBullet(post: CleanPost): Bullet {
  return {text: shortened(post.plain.replaceAll('\n', ' ')), post}
}

function toBullet(chosen: ChosenPost): Bullet {
  return {text: writeBullet(chosen), post: chosen.read.post}
}
