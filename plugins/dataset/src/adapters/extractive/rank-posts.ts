import {contentTerms} from '../../ranking/content-terms.js'
import {selectCovering} from '../../ranking/select-covering.js'
import {countVectors} from '../../ranking/term-vectors.js'
import type {PostSentence, ReadPost} from './read-post.js'
import {scoreSentences, type SentenceScores} from './score-sentences.js'

const FEWEST_TERMS = 2
/** A post of fewer terms has little to tell and weighs less. */
const TELLING_TERMS = 8

/** A post chosen for the digest. */
export interface ChosenPost {
  read: ReadPost
  /** The sentence it was chosen for. */
  best: PostSentence
  scores: SentenceScores<PostSentence>
}

interface Choosable extends ChosenPost {
  terms: string[]
}

/**
 * The posts worth a bullet, the most important first. A post is as important as its best sentence, and those that are taken
 * must cover the day: five reports of one event do not fill the digest.
 */
export function rankPosts(posts: readonly ReadPost[], count: number): ChosenPost[] {
  const termsOf = new Map(
    posts.flatMap(({sentences}) => sentences.map(sentence => [sentence, contentTerms(sentence.text)])),
  )
  const scores = scoreSentences(termsOf)
  const choosable = posts.flatMap(read => choosablePost(read, termsOf, scores))
  const vectors = countVectors(choosable.map(({terms}) => terms))
  const choices = choosable.map((post, index) => ({
    weight: weightOf(post),
    vector: vectors[index] ?? new Map<string, number>(),
  }))
  return selectCovering(choices, count).flatMap(index => choosable[index] ?? [])
}

function choosablePost(
  read: ReadPost,
  termsOf: ReadonlyMap<PostSentence, readonly string[]>,
  scores: SentenceScores<PostSentence>,
): Choosable[] {
  const [best] = read.sentences
    .filter(sentence => sentence.standsAlone && (termsOf.get(sentence) ?? []).length >= FEWEST_TERMS)
    .sort((a, b) => (scores.get(b) ?? 0) - (scores.get(a) ?? 0))
  const terms = read.sentences.flatMap(sentence => termsOf.get(sentence) ?? [])
  return best === undefined ? [] : [{read, best, scores, terms}]
}

// The fourth root: that many posts tell of an event counts already, as a report of it covers them all.
function weightOf({best, scores, terms}: Choosable): number {
  return (scores.get(best) ?? 0) ** 0.25 * Math.min(1, terms.length / TELLING_TERMS)
}
