import {splitSentences, words, matchingForm} from '@ep23/plugin-dataset/text'
import {drawItems} from '../domain/tuning.js'
import type {QueryWriter, UnusableAnswer} from '../domain/model-ports.js'

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
  return drawItems([...byText], limit, seed).map(([text, post], i) => ({id: `c${i + 1}`, text, post}))
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

interface WriteOptions {
  /** Candidates at most. */
  limit: number
  seed: number
  /** Texts that are candidates already: they do not come again. */
  taken: readonly string[]
}

export interface ModelQueries {
  candidates: QueryCandidate[]
  /** Posts that the model was asked about. */
  asked: number
  /** Answers that were right only when asked for again. */
  repaired: number
  /** Queries that were there already. */
  duplicates: number
  unusable: Record<UnusableAnswer, number>
}

/** A model that has nothing to say must not be asked about the whole store. */
const POSTS_A_CANDIDATE = 3

/** Queries that a model thinks of for posts drawn at random, each query once, until there are enough. Unusable answers are counted. */
export async function writeQueries(
  writer: QueryWriter,
  posts: readonly PostText[],
  {limit, seed, taken}: WriteOptions,
  onProgress: (done: number, total: number) => void,
): Promise<ModelQueries> {
  const seen = new Set(taken.map(matchingForm))
  const result: ModelQueries = {
    candidates: [],
    asked: 0,
    repaired: 0,
    duplicates: 0,
    unusable: {refused: 0, empty: 0, unreadable: 0},
  }
  const withText = posts.filter(({text}) => text.trim() !== '')
  for (const {id: post, text} of drawItems(withText, limit * POSTS_A_CANDIDATE, seed)) {
    if (result.candidates.length >= limit) break
    const {queries, unusable, repaired} = await writer.write(text, result.asked)
    result.asked++
    if (repaired) result.repaired++
    if (unusable) result.unusable[unusable]++
    for (const query of queries) if (result.candidates.length < limit) add(result, query, post, seen)
    onProgress(result.candidates.length, limit)
  }
  return result
}

function add(result: ModelQueries, text: string, post: string, seen: Set<string>): void {
  const form = matchingForm(text)
  if (seen.has(form)) {
    result.duplicates++
    return
  }
  seen.add(form)
  result.candidates.push({id: `m${result.candidates.length + 1}`, text, post})
}
