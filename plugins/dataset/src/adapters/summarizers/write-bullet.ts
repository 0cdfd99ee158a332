import type {PostList, PostSentence} from './read-post.js'
import type {ChosenPost} from './rank-posts.js'
import {isRussianText} from './sentence-roles.js'

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
export function writeBullet({read: {sentences, list}, lead}: ChosenPost): string {
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
export function shortenedSentence(text: string): string {
  if (text.length <= LONGEST) return text
  const cut = text.slice(0, LONGEST)
  return `${cut.slice(0, cut.lastIndexOf(' ')).replace(/[\s,;:—–-]+$/u, '')}…`
}

function asSentence(text: string): string {
  return /[.!?…]["»”)]?$/u.test(text) ? text : `${text.replace(/[,;:]$/u, '')}.`
}
