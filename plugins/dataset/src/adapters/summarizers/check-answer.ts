import {declineText, type Reply} from '@ep23/llm'
import {answerText, withoutFence} from '@ep23/llm/text'

import {outlineOf} from '../../domain/digest-outline.js'
import {postFinder} from '../../domain/digest-markdown.js'
import type {DaySummaryInput} from '../../domain/summarizer.js'
import {cyrillicShare} from '../../text/index.js'

const FEWEST_CYRILLIC = 0.6

/** What is wrong with an answer: as a Russian clause that the model is told, and in English for the user. */
export interface AnswerProblem {
  toModel: string
  toUser: string
}

/** The text of a digest, or what is wrong with the answer. */
export type DigestAnswer = {text: string} | {problem: AnswerProblem}

const EMPTY = {toModel: 'он пуст', toUser: 'it is empty'}
const CUT_OFF = {toModel: 'он оборван', toUser: 'it is cut off'}
const NO_BULLETS = {toModel: 'в нём нет ни одного пункта списка', toUser: 'it has no bullets'}
const NO_LINKS = {toModel: 'в нём нет ссылок на посты', toUser: 'it links to no post'}
const UNLINKED = {toModel: 'не в каждом пункте есть ссылка на пост', toUser: 'not every bullet links to a post'}
const CHATTER = {
  toModel: 'кроме списка в нём есть другой текст; нужны только пункты списка',
  toUser: 'there is text around its bullets',
}
const NOT_RUSSIAN = {toModel: 'он не на русском языке', toUser: 'it is not in Russian'}
const AMBIGUOUS = {
  toModel: 'в нём несколько списков об одном и том же',
  toUser: 'it has several lists of the same posts',
}

/** A model's reply as a digest: nothing but Russian bullets, each with a link to a post of the day; thinking does not count. */
export function readDigest({reply, finish}: Reply, input: DaySummaryInput): DigestAnswer {
  if (finish === 'refused')
    return {problem: {toModel: 'это отказ', toUser: `the model declined: ${declineText(reply)}`}}
  const text = digestText(reply)
  const problem = finish === 'cut_short' ? CUT_OFF : answerProblem(text, input)
  return problem ? {problem} : {text}
}

/**
 * What is left of a reply without the text around its bullets, and without bullets that link to no post: no more than every second
 * may be missing, and no post may be told of in two of its lists, for then one of them is a draft.
 */
export function bulletsOnly({reply, finish, isReasoning}: Reply, input: DaySummaryInput): DigestAnswer {
  const read = readDigest({reply, finish, isReasoning}, input)
  // Thinking is not searched for an answer, nor is half of one taken for the whole.
  if (finish !== 'stop' || isReasoning || 'text' in read) return read
  const {lists, chatter} = partsOf(digestText(reply))
  const bullets = lists.flat()
  // News that stands beside the list would be lost with what it stands in.
  if (outlineOf(chatter.join('\n')).links.some(({target}) => postFinder(input.channel, input.posts)(target)))
    return read
  const linked = bullets.filter(({links}) => links.length > 0)
  if (linked.length * 2 < bullets.length || linked.length === 0) return read
  if (repeatsPosts(lists, input)) return {problem: AMBIGUOUS}
  const text = linked
    .map(({lines, tail}) => lines.join('\n').slice(0, tail === '' ? undefined : -tail.length))
    .join('\n')
  const problem = answerProblem(text, input)
  return problem ? {problem} : {text}
}

/**
 * An answer without thinking, a fence around the whole of it and a heading of its own: ours is the same for every summarizer. Dashes that
 * Russians begin a list with are Markdown's.
 */
function digestText(reply: string): string {
  return withoutFence(answerText(reply))
    .replace(/^#{1,6} [^\n]*\n+/u, '')
    .replaceAll(/^(\s*)[–—](?=\s)/gmu, '$1-')
    .trim()
}

/** The first problem of an answer; undefined for a usable one. */
function answerProblem(answer: string, {channel, posts}: DaySummaryInput): AnswerProblem | undefined {
  if (answer === '') return EMPTY
  const parts = partsOf(answer)
  const bullets = parts.lists.flat()
  const links = bullets.flatMap(({links: each}) => each)
  if (bullets.length === 0) return NO_BULLETS
  if (isForeign(answer, posts)) return NOT_RUSSIAN
  if (links.length === 0) return NO_LINKS
  const findPost = postFinder(channel, posts)
  const stranger = links.find(target => findPost(target) === undefined)
  if (stranger !== undefined) return strangeLink(stranger)
  return formProblem(parts, bullets)
}

function formProblem({chatter}: AnswerParts, bullets: readonly BulletLines[]): AnswerProblem | undefined {
  if (chatter.length > 0 || bullets.some(({tail}) => tail !== '')) return CHATTER
  return bullets.some(({links}) => links.length === 0) ? UNLINKED : undefined
}

function strangeLink(target: string): AnswerProblem {
  return {toModel: `ссылка ${target} не ведёт к посту этого дня`, toUser: `${target} is no post of that day`}
}

/** Mostly not Cyrillic, or with Chinese that no post has: some models slip into it in mid-sentence. */
function isForeign(answer: string, posts: DaySummaryInput['posts']): boolean {
  const {prose} = outlineOf(answer)
  if (cyrillicShare(prose) < FEWEST_CYRILLIC) return true
  const han = /\p{Script=Han}/u
  return han.test(prose) && !posts.some(({plain}) => han.test(plain))
}

function repeatsPosts(lists: readonly (readonly BulletLines[])[], {channel, posts}: DaySummaryInput): boolean {
  const findPost = postFinder(channel, posts)
  const postsOf = (list: readonly BulletLines[]) =>
    new Set(list.flatMap(({links}) => links.map(target => findPost(target)?.post_id)))
  const told = lists.map(postsOf)
  return told.some((list, n) => told.slice(n + 1).some(other => [...list].some(post => other.has(post))))
}

/** A bullet with all its lines, those of its sub-bullets too, and where it links to. */
interface BulletLines {
  lines: string[]
  links: string[]
  /** What is said after its last `[пост](…)`, where a bullet ends: to the reader of the chat, not of the digest. */
  tail: string
}

/** What an answer consists of. */
interface AnswerParts {
  /** Runs of bullets with other text between them. */
  lists: BulletLines[][]
  /** Lines that belong to no bullet and are no headings: greetings, fences, tables, farewells. */
  chatter: string[]
}

const BULLET = /^(?:[-*+•]|\d{1,3}[.)])\s+\S/u
/** A greeting whose colon is followed by the first bullet in the same line: `Вот дайджест: - Открыт мост. [пост](…)`. */
const GLUED = /^((?![-*+•]\s)[^\n[\]]{1,100}:)[ \t]+(?=[-*+•][ \t]+[^\n]*\]\()/gmu
const HEADING = /^#{1,6}\s/u

/**
 * An answer line by line. A line that is indented belongs to the bullet above it; one that is not does as long as that bullet has no
 * link: the link stands at a bullet's end, and what comes after it is said to the reader of the chat.
 */
function partsOf(answer: string): AnswerParts {
  const parts: AnswerParts = {lists: [], chatter: []}
  let open: BulletLines | undefined
  let afterText = true
  for (const line of dedented(answer.replaceAll(GLUED, '$1\n').split(/\r?\n/u))) {
    if (line.trim() === '') continue
    if (BULLET.test(line)) {
      open = {lines: [line], links: linksOf(line), tail: tailOf(line)}
      if (afterText) parts.lists.push([open])
      else parts.lists.at(-1)?.push(open)
      afterText = false
    } else if (open && continues(open, line)) {
      open.lines.push(line)
      open.links.push(...linksOf(line))
      open.tail = tailOf(line)
    } else {
      open = undefined
      afterText = true
      if (!HEADING.test(line)) parts.chatter.push(line)
    }
  }
  return parts
}

/** Some models indent their whole list. */
function dedented(lines: readonly string[]): string[] {
  const indents = lines.filter(line => BULLET.test(line.trimStart())).map(line => line.length - line.trimStart().length)
  const indent = Math.min(...indents, Infinity)
  return lines.map(line => (/^\s*$/u.test(line.slice(0, indent)) ? line.slice(indent) : line))
}

function continues({links}: BulletLines, line: string): boolean {
  if (/^\s*(?:`{3,}|~{3,}|\||#{1,6}\s)/u.test(line)) return false
  return /^(?:\t| {2,})/u.test(line) || links.length === 0
}

const LAST_LINK = /.*\[пост[^\]]*\]\([^)]*\)/iu

function tailOf(line: string): string {
  const ended = LAST_LINK.exec(line)
  const tail = ended ? line.slice(ended[0].length) : ''
  return /\p{L}/u.test(tail) ? tail : ''
}

function linksOf(line: string): string[] {
  return outlineOf(line).links.map(({target}) => target)
}
