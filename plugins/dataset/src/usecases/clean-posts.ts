import {type Message} from '@ep23/sdk'

import type {ChannelName} from '../domain/channel.js'
import {type CleanPost, type DropReason, postsForDigest, type SourcePost} from '../domain/posts.js'
import {
  foldNearDuplicates,
  normalizeForMatching,
  type RepeatedFooter,
  repeatedFooters,
  stripFooters,
  words,
  cyrillicShare,
  splitSentences,
} from '../text/index.js'
import {isAdvert, withoutSponsor} from './advert.js'
import {withoutOwnFooter, plainText} from './plain-text.js'
import {message} from '../words/words.js'

export interface CleanedPosts {
  /** Oldest day first, oldest post first; a post that no digest is written from says why. */
  byDay: Map<string, CleanPost[]>
  /** How many posts are left out, by reason. */
  dropped: Record<DropReason, number>
}

/**
 * Makes a channel's posts ready for reading: plain text without invisible characters and without the footers that the
 * channel repeats; adverts and copies are marked as left out. `byDay` holds the posts of a window by local day. The result
 * depends on the posts alone, in whatever order they come.
 */
export function cleanPosts(byDay: ReadonlyMap<string, readonly SourcePost[]>, channel: ChannelName): CleanedPosts {
  const seen = new Set<string>()
  const marked = withoutFooters(inOrder(byDay, channel)).map(({post, body}) =>
    mark(post, isAdvert(body, post.plain) ? 'advert' : reasonToLeaveOut(post, seen)),
  )
  const posts = [...Map.groupBy(marked, ({day}) => day).values()].flatMap(markNearDuplicates)
  return {byDay: Map.groupBy(posts, ({day}) => day), dropped: countDropped(posts)}
}

function inOrder(byDay: ReadonlyMap<string, readonly SourcePost[]>, channel: ChannelName): CleanPost[] {
  return [...byDay]
    .flatMap(([day, posts]) => posts.map(post => toCleanPost(post, day, channel)))
    .sort((a, b) => a.published_at.getTime() - b.published_at.getTime() || byPostId(a, b))
}

function toCleanPost(
  {post_id, published_at, text, title, url}: SourcePost,
  day: string,
  channel: ChannelName,
): CleanPost {
  const link = permalink(channel, post_id) ?? url
  return {
    post_id,
    published_at,
    day,
    text,
    plain: plainText(withoutSponsor(text)),
    ...(title !== undefined && {title}),
    ...(link !== undefined && {url: link}),
  }
}

// Telegram numbers posts; other numbers, as synthetic posts have, lead nowhere.
function permalink(channel: ChannelName, postId: string): string | undefined {
  return /^\d+$/u.test(postId) ? `https://t.me/${channel.slice(1)}/${postId}` : undefined
}

/** A post with readable text, and its Markdown without what the channel writes under nearly every post. */
interface WithoutFooter {
  post: CleanPost
  body: string
}

function withoutFooters(posts: readonly CleanPost[]): WithoutFooter[] {
  const footers = repeatedFooters(posts.map(({plain}) => plain))
  // What only some posts end with may be the mark of paid posts.
  const constant = footers.filter(footer => footer.posts > posts.length / 2)
  return posts.map(post => ({
    post: {...post, plain: withoutOwnFooter(stripFooters(post.plain, footers).trim())},
    body: constant.length === 0 ? post.text : withoutLastLines(post.text, constant),
  }))
}

function withoutLastLines(markup: string, footers: readonly RepeatedFooter[]): string {
  const lines = markup.split('\n')
  const last = lines.findLastIndex(line => stripFooters(plainText(line).replaceAll(/[*_~]{2,}/gu, ''), footers) !== '')
  return lines.slice(0, last + 1).join('\n')
}

function reasonToLeaveOut({plain}: CleanPost, seen: Set<string>): DropReason | undefined {
  if (words(plain).length === 0) return 'without_words'
  const form = normalizeForMatching(plain)
  if (seen.has(form)) return 'repeat'
  seen.add(form)
  return undefined
}

function markNearDuplicates(ofDay: readonly CleanPost[]): CleanPost[] {
  const candidates = ofDay.filter(({left_out}) => left_out === undefined).map(post => ({post, text: post.plain}))
  const folded = new Set(foldNearDuplicates(candidates).flatMap(fold => fold.folded.map(({post}) => post)))
  return ofDay.map(post => (folded.has(post) ? mark(post, 'near_duplicate') : post))
}

function mark(post: CleanPost, reason: DropReason | undefined): CleanPost {
  return reason === undefined ? post : {...post, left_out: reason}
}

function countDropped(posts: readonly CleanPost[]): Record<DropReason, number> {
  const dropped = {advert: 0, without_words: 0, repeat: 0, near_duplicate: 0}
  for (const {left_out} of posts) if (left_out) dropped[left_out]++
  return dropped
}

function byPostId(a: CleanPost, b: CleanPost): number {
  return Number(a.post_id) - Number(b.post_id) || (a.post_id < b.post_id ? -1 : Number(a.post_id > b.post_id))
}

/** A day with fewer Russian sentences has nothing to condense. */
const FEWEST_SENTENCES = 3
const FEWEST_WORDS = 2
const RUSSIAN_SHARE = 0.5

/** Why a day's posts are too little for a digest, as a clause for the user; undefined when they are enough. */
export function gapReason(posts: readonly CleanPost[]): Message | undefined {
  if (posts.length === 0) return message('noPostsWithText')
  if (postsForDigest(posts).length === 0) return message('nothingBut', {leftOutInWords: leftOutInWords(posts)})
  const sentences = countRussianSentences(posts)
  if (sentences >= FEWEST_SENTENCES) return undefined
  return message('tooFewSentences', {sentences, posts: posts.length, needed: FEWEST_SENTENCES})
}

function leftOutInWords(posts: readonly CleanPost[]): Message {
  const reasons = new Set(posts.map(({left_out}) => left_out))
  if (reasons.has('advert')) return reasons.size > 1 ? message('advertsAndCopies') : message('adverts')
  return reasons.has('without_words') ? message('postsWithoutWords') : message('copiesOfPosts')
}

function countRussianSentences(posts: readonly CleanPost[]): number {
  return posts.flatMap(({plain}) => splitSentences(plain)).filter(({text}) => isRussianSentence(text)).length
}

function isRussianSentence(text: string): boolean {
  return words(text).length >= FEWEST_WORDS && cyrillicShare(text) > RUSSIAN_SHARE
}
