import {digestHeading, digestMarkdown, type Bullet, type Section, escapeMarkdown} from '../../domain/digest-markdown.js'
import type {CleanPost} from '../../domain/posts.js'
import type {DaySummaryInput, Summarizer} from '../../domain/summarizer.js'
import {rankPosts, type ChosenPost} from './rank-posts.js'
import {readPost, type PostList, type PostSentence} from './read-post.js'
import {cleanInvisible, stripMarkup, words} from '../../text/index.js'
import {isRussianText} from './sentence-roles.js'

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
  return {text: shortenedSentence(post.plain.replaceAll('\n', ' ')), post}
}

function toBullet(chosen: ChosenPost): Bullet {
  return {text: writeBullet(chosen), post: chosen.read.post}
}

/** Goes up with every change that can change a digest. */
const VERSION = '2'
export const EXTRACTIVE_VERSION = `extractive-${VERSION}`

/** Writes digests from the posts' own sentences, the posts ranked by news value: no model, no network, the same bytes on every machine. */
export const extractiveSummarizer: Summarizer = {
  name: EXTRACTIVE_VERSION,
  writer: {kind: 'extractive', name: 'extractive', version: VERSION},
  concurrency: 1,
  summarize: async input => ({summary_markdown: summarizeDay(input).markdown, llm_model: EXTRACTIVE_VERSION}),
}

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
      : telling.slice(0, count).map(({plain}) => shortenedSentence(plain.replaceAll('\n', ' ')))
  return points.map(point => `- ${escapeMarkdown(point)}\n`).join('')
}

function toPost(text: string, index: number): CleanPost {
  const plain = cleanInvisible(stripMarkup(text).text).replaceAll(/ {2,}/gu, ' ').trim()
  return {post_id: String(index), published_at: new Date(0), day: '', text, plain}
}

function placeOf({post_id}: CleanPost): number {
  return Number(post_id)
}

/** A bullet grows by a second sentence while it stays shorter than this. */
const COMFORTABLE = 280
/** A single sentence is shown whole up to this length. */
const LONGEST = 400
/** A longer sentence is enough for a bullet. */
const ENOUGH_ALONE = 180
/** What a sentence must have to be added to another. */
const WORDS_TO_ADD = 5
const CYRILLIC_TO_ADD = 0.75

/** The text of a bullet: a list's title with its first items, or the leading sentence and the one that goes on from it. */
function writeBullet({read: {sentences, list}, lead}: ChosenPost): string {
  if (list) return writeList(list)
  return [lead, continuation(lead, sentences)]
    .flatMap(sentence => (sentence ? [asSentence(shortenedSentence(sentence.text))] : []))
    .join(' ')
}

// The very next sentence if it fits, else the one after it when it stands alone: what comes later goes on from something else.
function continuation(lead: PostSentence, sentences: readonly PostSentence[]): PostSentence | undefined {
  if (lead.text.length >= ENOUGH_ALONE) return undefined
  const room = COMFORTABLE - lead.text.length
  const fitting = sentences.slice(lead.place + 1).filter(({text}) => text.length <= room && isWorthAdding(text))
  return (
    fitting.find(({index}) => index === lead.index + 1) ??
    fitting.find(({index, standsAlone}) => standsAlone && index === lead.index + 2)
  )
}

function isWorthAdding(text: string): boolean {
  return !text.endsWith('?') && isRussianText(text, WORDS_TO_ADD, CYRILLIC_TO_ADD)
}

/** A title or a heading inside a list, and what stands under it. */
interface ListGroup {
  head: string
  items: string[]
}

function writeList({title, items}: PostList): string {
  const groups: ListGroup[] = [{head: title, items: []}]
  let length = title.length
  for (const item of items) {
    const text = shortenedSentence(item.replace(/[.;,:!—–-]+$/u, ''))
    if (length + text.length > COMFORTABLE && length > title.length) break
    length += text.length
    if (item.endsWith(':')) groups.push({head: text, items: []})
    else groups.at(-1)?.items.push(text)
  }
  return groups
    .filter(({items: told}, index) => index === 0 || told.length > 0)
    .map(writeGroup)
    .join(' ')
}

// Of two colons one would say that the items belong to what stands between them.
function writeGroup({head, items}: ListGroup): string {
  if (items.length === 0) return asSentence(head)
  const opening = /:|[.!?…]$/u.test(head) || items[0]?.includes(':') ? asSentence(head) : `${head}:`
  const told = items.reduce((text, item) => `${text}${/[?!…]$/u.test(text) ? '' : ';'} ${item}`)
  return asSentence(`${opening} ${told}`)
}

/** Cut after a whole word, only when the sentence is monstrous. */
function shortenedSentence(text: string): string {
  if (text.length <= LONGEST) return text
  const cut = text.slice(0, LONGEST)
  return `${cut.slice(0, cut.lastIndexOf(' ')).replace(/[\s,;:—–-]+$/u, '')}…`
}

function asSentence(text: string): string {
  return /[.!?…]["»”)]?$/u.test(text) ? text : `${text.replace(/[,;:]$/u, '')}.`
}
