import type {Post} from '../documents/post.js'
import {firstText, isFields, momentIn, textIn, type Fields} from './team-fields.js'

/** Where the team's programs of different ages keep the posts of a digest, the newest first. */
const PLACES = ['posts', 'items', 'posts_text', 'raw_posts'] as const

/** The posts of a team's digest; those without any text are left out. */
export function teamPosts(digest: Fields): Post[] {
  for (const place of PLACES) {
    const posts = listOf(digest[place]).flatMap(toPost)
    if (posts.length > 0) return posts
  }
  return []
}

// A text of several posts has blank lines between them, or each on its line.
function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value as unknown[]
  const text = textIn(value)
  if (text === undefined) return []
  const parts = text.trim().split(/\n[^\S\n]*\n\s*/u)
  return parts.length > 1 ? parts : text.trim().split('\n')
}

function toPost(value: unknown): Post[] {
  if (typeof value === 'string') return textIn(value) === undefined ? [] : [{text: value.trim()}]
  if (!isFields(value)) return []
  const title = textIn(value['title'])
  const summary = textIn(value['summary'])
  const text = firstText(value, ['text', 'content', 'message']) ?? ''
  if (text === '' && title === undefined && summary === undefined) return []
  return [{...identityOf(value), text, ...(title !== undefined && {title}), ...(summary !== undefined && {summary})}]
}

function identityOf(post: Fields): Partial<Post> {
  const id = [post['post_id'], post['message_id'], post['id']].find(isId)
  const published = [post['published_at'], post['date']].map(momentIn).find(date => date !== undefined)
  const url = [post['url'], post['link']].find(isHttpUrl)
  return {
    ...(id !== undefined && {post_id: String(id)}),
    ...(published !== undefined && {published_at: published}),
    ...(url !== undefined && {url}),
  }
}

function isId(value: unknown): value is string | number {
  return typeof value === 'string' ? /^\S{1,200}$/u.test(value) : Number.isSafeInteger(value)
}

function isHttpUrl(value: unknown): value is string {
  return typeof value === 'string' && /^https?:\/\/[^\s/]+\.[^\s/]+/u.test(value) && URL.canParse(value)
}
