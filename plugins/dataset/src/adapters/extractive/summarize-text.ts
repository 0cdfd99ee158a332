import {escapeMarkdown} from '../../domain/documents/digest-markdown.js'
import type {CleanPost} from '../../domain/clean-post.js'
import {cleanInvisible, stripMarkup, words} from '../../text/index.js'
import {rankPosts} from './rank-posts.js'
import {readPost} from './read-post.js'
import {bulletCount} from './summarize-day.js'
import {shortened, writeBullet} from './write-bullet.js'

/**
 * The main points of a text of which nobody knows any more where one post ends: each paragraph is read as a post, points stand in
 * the order of the text. No heading, because it would count posts, and no links, because there is nothing to link to.
 * Deterministic: equal text, equal bytes; empty for a text without words.
 */
export function summarizeText(text: string): string {
  const paragraphs = text.split(/\n{2,}/u).map(toPost)
  const telling = paragraphs.filter(({plain}) => words(plain).length > 0)
  const count = bulletCount(telling.length)
  const chosen = rankPosts(telling.map(readPost), count).toSorted((a, b) => placeOf(a.read.post) - placeOf(b.read.post))
  const points =
    chosen.length > 0
      ? chosen.map(writeBullet)
      : telling.slice(0, count).map(({plain}) => shortened(plain.replaceAll('\n', ' ')))
  return points.map(point => `- ${escapeMarkdown(point)}\n`).join('')
}

function toPost(text: string, index: number): CleanPost {
  const plain = cleanInvisible(stripMarkup(text).text).replaceAll(/ {2,}/gu, ' ').trim()
  return {post_id: String(index), published_at: new Date(0), day: '', text, plain}
}

function placeOf({post_id}: CleanPost): number {
  return Number(post_id)
}
