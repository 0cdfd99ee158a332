import type {CleanPost} from '../../domain/clean-post.js'
import {stripMarkup} from '../../text/index.js'
import {isCall, isRussianText} from './sentence-roles.js'

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
