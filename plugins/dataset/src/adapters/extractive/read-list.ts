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
  items: string[]
}

/** The list that a post's lines are, if most lines after the first are its items. */
export function readList([first = '', ...rest]: readonly string[]): PostList | undefined {
  const title = readableSentence(first).replace(/[\s:.!—–-]+$/u, '')
  const items = rest.filter(isItemLine)
  if (items.length < FEWEST_ITEMS || items.length < LIST_SHARE * rest.length) return undefined
  const readable = items.map(readableSentence).filter(item => isRussianText(item, 2) && !isCall(item))
  if (readable.length < FEWEST_ITEMS || title.length > LONGEST_TITLE || !isRussianText(title, 2)) return undefined
  return {title, items: readable}
}

function isItemLine(line: string): boolean {
  if (line.length > LONGEST_ITEM || splitSentences(line).length > 1) return false
  return /^[^\p{L}\p{N}«"(]/u.test(line) || /^\d{1,2}[.)]/u.test(line) || !/[.!?…:]$/u.test(line)
}
