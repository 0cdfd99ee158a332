import type {CleanPost} from '../../domain/posts.js'
import {splitSentences, stripMarkup, tokenize, type TokenKind} from '../../text/index.js'
import {hangsInTheAir, isCall, isLeadIn, isRussianText, leansOnPrevious} from './sentence-roles.js'

const FEWEST_WORDS = 3

/** One sentence of a post that may be shown. */
export interface PostSentence {
  text: string
  /** Place among the sentences that tell something, from 0: what it is ranked by. */
  place: number
  /** Place among all sentences, from 0: what stands next to it. */
  index: number
  /** Understandable without the sentence before it. */
  standsAlone: boolean
}

/** What a post has to say: its sentences, and its list if it is one. */
export interface ReadPost {
  post: CleanPost
  sentences: PostSentence[]
  list?: PostList
}

/** Reads a cleaned post: readable sentences without calls to the reader, a title that stands at the end brought forward. */
export function readPost(post: CleanPost): ReadPost {
  const written = post.plain.split('\n')
  const list = readList(written)
  const lines = list ? written : withTitleFirst(written, linkTitle(post))
  const sentences = lines.flatMap(line => splitSentences(line)).map(({text}) => readableSentence(text))
  return {post, sentences: tellingSentences(sentences), ...(list && {list})}
}

function withTitleFirst(lines: readonly string[], title: string | undefined): readonly string[] {
  return title === undefined ? lines : [title, ...lines.filter(line => line !== title)]
}

function tellingSentences(sentences: readonly string[]): PostSentence[] {
  return sentences
    .map((text, index) => ({text, index, standsAlone: index === 0 ? !hangsInTheAir(text) : !leansOnPrevious(text)}))
    .filter(({text}) => isRussianText(text, FEWEST_WORDS) && !isCall(text) && !isLeadIn(text))
    .map((sentence, place) => ({...sentence, place}))
}

const LONGEST_TITLE = 140

/**
 * The line of a post that is nothing but a link to the article it recommends: its title, wherever it stands. Undefined when
 * there is none, or several (a list of links).
 */
export function linkTitle({text, plain}: CleanPost): string | undefined {
  const labels = new Set(stripMarkup(text).links.map(({label}) => label))
  const titles = plain.split('\n').filter(line => labels.has(line) && isTitle(line))
  return titles.length === 1 ? titles[0] : undefined
}

function isTitle(line: string): boolean {
  return line.length <= LONGEST_TITLE && isRussianText(line, 3) && !isCall(line)
}

const FEWEST_ITEMS = 3
const LONGEST_ITEM = 220
const LONGEST_LIST_TITLE = 160
const LIST_SHARE = 0.6

/** A post that lists things under a title: news of the hour, changes of a law, a selection. */
export interface PostList {
  title: string
  /** A heading inside the list ends with a colon. */
  items: string[]
}

/** The list that a post's lines are, if most lines after the first are its items. */
export function readList([first = '', ...rest]: readonly string[]): PostList | undefined {
  const title = readableSentence(first).replace(/[\s:.!—–-]+$/u, '')
  const items = rest.filter(isItemLine)
  if (items.length < FEWEST_ITEMS || items.length < LIST_SHARE * rest.length) return undefined
  const readable = items.map(readableItem).filter(isTelling)
  if (readable.length < FEWEST_ITEMS || title.length > LONGEST_LIST_TITLE || !isRussianText(title, 2)) return undefined
  return {
    title,
    items: rest
      .filter((line, index) => isItemLine(line) || isHeading(line, rest[index + 1]))
      .map(readableItem)
      .filter(isTelling),
  }
}

function isItemLine(line: string): boolean {
  if (line.length > LONGEST_ITEM || splitSentences(line).length > 1) return false
  return /^[^\p{L}\p{N}«"(]/u.test(line) || /^\d{1,2}[.)]/u.test(line) || !/[.!?…:]$/u.test(line)
}

/** `Что она умеет:` above an item. */
function isHeading(line: string, next = ''): boolean {
  return line.endsWith(':') && line.length <= LONGEST_LIST_TITLE && isItemLine(next)
}

function isTelling(item: string): boolean {
  return isRussianText(item, 2) && !isCall(item)
}

// `06:04 История библиотек`: when it is said in a recording tells nothing here.
function readableItem(line: string): string {
  return readableSentence(line.replace(/^[^\p{L}\p{N}]*\d{1,2}:\d{2}(?::\d{2})?[\s—–-]*/u, ''))
}

// What may stand before the first word: list marks, emoji, arrows. Quotes, brackets and signs of numbers belong to it.
const LEADING_MARKS = /^[^\p{L}\p{N}«"„“'([+$€₽#№]+/u
const LEADING_NUMBER = /^(?:\d{1,2}[.)]\s+|\d\uFE0F?\u20E3\s*)/u
const TRAILING_MARKS = /[^\p{L}\p{N}»"”“')\].!?…:;%₽$€°+#]+$/u
const ADDRESSES: ReadonlySet<TokenKind> = new Set(['url'])
const LEADING_NAMES: ReadonlySet<TokenKind> = new Set(['mention', 'hashtag', 'emoji'])
// A mention at the end may be an object of the verb: «с победителями свяжется @name».
const TRAILING_NAMES: ReadonlySet<TokenKind> = new Set(['hashtag', 'emoji'])

/**
 * A sentence of a post as the reader of a digest should see it: without addresses, without list marks, emoji and tags
 * at its edges, with paired quotes and a capital letter. Empty when nothing readable is left.
 */
export function readableSentence(sentence: string): string {
  const bare = withoutEdgeTags(withoutAddresses(sentence)).replace(LEADING_MARKS, '').replace(LEADING_NUMBER, '')
  return capitalised(withPairedMarks(bare.replace(LEADING_MARKS, '').replace(TRAILING_MARKS, '').trim()))
}

function withoutAddresses(text: string): string {
  let result = ''
  let from = 0
  for (const {kind, start, end} of tokenize(text)) {
    if (!ADDRESSES.has(kind)) continue
    result += text.slice(from, start)
    from = end
  }
  return (result + text.slice(from))
    .replaceAll(/\(\s*\)/gu, '')
    .replaceAll(/\s{2,}/gu, ' ')
    .replaceAll(/ (?=[.,;:!?…)]+(?:\s|$))/gu, '')
}

// Inside a sentence they stand for words: «бот @name», «хештег #тег».
function withoutEdgeTags(text: string): string {
  const tokens = tokenize(text)
  const first = tokens.findIndex(({kind}) => !LEADING_NAMES.has(kind))
  const last = tokens.findLastIndex(({kind}) => !TRAILING_NAMES.has(kind))
  if (first === -1) return ''
  const from = first === 0 ? 0 : (tokens[first - 1]?.end ?? 0)
  const to = last === tokens.length - 1 ? text.length : (tokens[last + 1]?.start ?? text.length)
  return text.slice(from, to)
}

// Half of a pair is left when a quotation is longer than the sentence.
function withPairedMarks(text: string): string {
  return withoutHalf(withoutHalf(text, '«', '»'), '(', ')')
}

function withoutHalf(text: string, open: string, close: string): string {
  const opened = text.split(open).length
  const closed = text.split(close).length
  if (opened === closed) return text
  if (opened === closed + 1 && text.startsWith(open)) return text.slice(1)
  if (closed === opened + 1 && text.endsWith(close)) return text.slice(0, -1)
  return opened > closed ? `${text}${close.repeat(opened - closed)}` : `${open.repeat(closed - opened)}${text}`
}

// Latin words keep their letter: they may be code.
function capitalised(text: string): string {
  return text.replace(/^[а-яё](?=[а-яё\s])/u, letter => letter.toUpperCase())
}
