import {matchingForm} from '@ep23/plugin-dataset/text'

import {drawDistinct} from '../../domain/tuning.js'
import type {QueryWriter, UnusableAnswer} from '../../domain/model-ports.js'
import type {PostText, QueryCandidate} from './query-candidates.js'

export interface WriteOptions {
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
  for (const place of drawDistinct(withText.length, limit * POSTS_A_CANDIDATE, seed)) {
    if (result.candidates.length >= limit) break
    const {id: post, text} = withText[place]!
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
