import {splitSentences} from '../../text/index.js'
import {readableSentence} from './readable-sentence.js'
import {isCall, isRussianText} from './sentence-roles.js'

const FEWEST_ITEMS = 3
const LONGEST_ITEM = 220
const LONGEST_TITLE = 160
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
  if (readable.length < FEWEST_ITEMS || title.length > LONGEST_TITLE || !isRussianText(title, 2)) return undefined
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
  return line.endsWith(':') && line.length <= LONGEST_TITLE && isItemLine(next)
}

function isTelling(item: string): boolean {
  return isRussianText(item, 2) && !isCall(item)
}

// `06:04 История библиотек`: when it is said in a recording tells nothing here.
function readableItem(line: string): string {
  return readableSentence(line.replace(/^[^\p{L}\p{N}]*\d{1,2}:\d{2}(?::\d{2})?[\s—–-]*/u, ''))
}
