import type {PostList} from './read-list.js'
import type {PostSentence} from './read-post.js'
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

/** The text of a bullet: a list's title with its first items, or a sentence and what goes on from it. */
export function writeBullet({read: {sentences, list}, best, scores}: ChosenPost): string {
  if (list) return writeList(list)
  const first = opening(sentences, best)
  const second = first === best ? continuation(best, sentences, scores) : best
  return [first, second].flatMap(sentence => (sentence ? [asSentence(shortened(sentence.text))] : [])).join(' ')
}

// The post's first sentence names the matter; it is left out when it is a mere question or does not fit.
function opening([lead]: readonly PostSentence[], best: PostSentence): PostSentence {
  if (lead === undefined || lead === best || lead.text.endsWith('?')) return best
  return lead.text.length + best.text.length <= COMFORTABLE ? lead : best
}

// The very next sentence if it fits, else the best of those that stand alone.
function continuation(
  best: PostSentence,
  sentences: readonly PostSentence[],
  scores: ChosenPost['scores'],
): PostSentence | undefined {
  if (best.text.length >= ENOUGH_ALONE) return undefined
  const room = COMFORTABLE - best.text.length
  const fitting = sentences.slice(best.place + 1).filter(({text}) => text.length <= room && isWorthAdding(text))
  const next = fitting.find(({index}) => index === best.index + 1)
  return (
    next ??
    bestOf(
      fitting.filter(({standsAlone}) => standsAlone),
      scores,
    )
  )
}

function isWorthAdding(text: string): boolean {
  return !text.endsWith('?') && isRussianText(text, WORDS_TO_ADD, CYRILLIC_TO_ADD)
}

function bestOf(sentences: readonly PostSentence[], scores: ChosenPost['scores']): PostSentence | undefined {
  return [...sentences].sort((a, b) => (scores.get(b) ?? 0) - (scores.get(a) ?? 0))[0]
}

function writeList({title, items}: PostList): string {
  const shown: string[] = []
  let length = title.length
  for (const item of items) {
    const text = shortened(item.replace(/[.;,!]+$/u, ''))
    if (length + text.length > COMFORTABLE && shown.length > 0) break
    shown.push(text)
    length += text.length
  }
  return asSentence(`${title}: ${shown.join('; ')}`)
}

/** Cut after a whole word, only when the sentence is monstrous. */
export function shortened(text: string): string {
  if (text.length <= LONGEST) return text
  const cut = text.slice(0, LONGEST)
  return `${cut.slice(0, cut.lastIndexOf(' ')).replace(/[\s,;:—–-]+$/u, '')}…`
}

function asSentence(text: string): string {
  return /[.!?…]["»”)]?$/u.test(text) ? text : `${text.replace(/[,;:]$/u, '')}.`
}
