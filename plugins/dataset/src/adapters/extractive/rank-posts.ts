import {contentTerms} from '../../ranking/content-terms.js'
import {cosine, countVectors, type TermVector} from '../../ranking/term-vectors.js'
import {newsValue} from './news-value.js'
import type {PostSentence, ReadPost} from './read-post.js'

const FEWEST_TERMS = 2
/** A post of fewer terms has little to tell and weighs less. */
const TELLING_TERMS = 8
const LITTLE_TO_TELL = 1.5
/** What no sentence of makes sense alone is told last. */
const HANGING = 2
/** From this similarity on, a post repeats what is taken already, and how much that costs. */
const REPEATS = 0.16
const REPETITION = 8

/** A post chosen for the digest. */
export interface ChosenPost {
  read: ReadPost
  /** The sentence it is told by: the first that stands alone. News are written so that it says what happened. */
  lead: PostSentence
}

interface Choosable extends ChosenPost {
  terms: string[]
}

interface Candidate extends ChosenPost {
  value: number
  vector: TermVector
}

/**
 * The posts worth a bullet, the most important first: the next is always the one of the greatest news value, less what it
 * repeats of those taken before. Five reports of one event do not fill the digest. Ties go to the earlier post.
 */
export function rankPosts(posts: readonly ReadPost[], count: number): ChosenPost[] {
  const choosable = posts.flatMap(choosablePost)
  const vectors = countVectors(choosable.map(({terms}) => terms))
  const open = choosable.map((post, index): Candidate => {
    const others = vectors.filter((_, other) => other !== index)
    const vector = vectors[index] ?? new Map<string, number>()
    const little = LITTLE_TO_TELL * (1 - Math.min(1, post.terms.length / TELLING_TERMS))
    const hanging = post.lead.standsAlone ? 0 : HANGING
    return {...post, vector, value: newsValue(post.read, vector, others) - little - hanging}
  })
  const taken: Candidate[] = []
  while (taken.length < count && open.length > 0) {
    const next = indexOfBest(open.map(({value, vector}) => value - repetition(vector, taken)))
    taken.push(...open.splice(next, 1))
  }
  return taken
}

function choosablePost(read: ReadPost): Choosable[] {
  const telling = read.sentences.filter(({text}) => contentTerms(text).length >= FEWEST_TERMS)
  const lead = telling.find(({standsAlone}) => standsAlone) ?? telling[0]
  const terms = read.sentences.flatMap(({text}) => contentTerms(text))
  return lead === undefined ? [] : [{read, lead, terms}]
}

function repetition(vector: TermVector, taken: readonly Candidate[]): number {
  const closest = taken.reduce((most, other) => Math.max(most, cosine(vector, other.vector)), 0)
  return REPETITION * Math.max(0, closest - REPEATS)
}

function indexOfBest(values: readonly number[]): number {
  return values.reduce((best, value, index) => (value > (values[best] ?? value) ? index : best), 0)
}
