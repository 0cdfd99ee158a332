import {splitSentences, words} from '@ep23/plugin-dataset/text'

import {drawDistinct} from '../../domain/tuning.js'

export interface PostText {
  id: string
  title: string | undefined
  text: string
}

export interface QueryCandidate {
  /** `c1`, `c2`, … */
  id: string
  text: string
  /** The post it was taken from. */
  post: string
}

const FEWEST_WORDS = 3
const MOST_WORDS = 14
/** Emoji and bullets before the first word. */
const DECORATION = /^[^\p{L}\p{N}«"]+/u

/**
 * What people might look for, taken from posts: their titles, else their first sentences, 3 to 14 words long, each once, drawn at
 * random. They are candidates for labelling: their words stand in a post, so that plain search finds them more easily than questions
 * of real users.
 */
export function queryCandidates(posts: readonly PostText[], limit: number, seed: number): QueryCandidate[] {
  const byText = new Map<string, string>()
  for (const {id, title, text} of posts) {
    const candidate = titleOf(title, text)
    if (candidate !== undefined && !byText.has(candidate)) byText.set(candidate, id)
  }
  const all = [...byText]
  return drawDistinct(all.length, limit, seed).map((place, i) => {
    const [text, post] = all[place]!
    return {id: `c${i + 1}`, text, post}
  })
}

function titleOf(title: string | undefined, text: string): string | undefined {
  const [first] = splitSentences(text)
  const candidates = [title, first && text.slice(first.start, first.end)]
  return candidates
    .map(candidate => candidate?.replaceAll(/\s+/gu, ' ').replace(DECORATION, '').trim())
    .find(candidate => {
      const count = candidate === undefined ? 0 : words(candidate).length
      return count >= FEWEST_WORDS && count <= MOST_WORDS
    })
}
