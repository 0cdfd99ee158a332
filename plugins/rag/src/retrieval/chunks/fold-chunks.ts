import {type ScoredDocument, compareTrec} from '../ranking/scored-document.js'
import {postIdOf} from './chunk-post.js'

/** A ranking of chunks as one of posts: a post has the score of its best chunk (MaxP of Dai and Callan 2019), in trec order. */
export function foldChunks(chunks: readonly ScoredDocument[]): ScoredDocument[] {
  const best = new Map<string, number>()
  for (const {id, score} of chunks) {
    const post = postIdOf(id)
    best.set(post, Math.max(score, best.get(post) ?? -Infinity))
  }
  return Array.from(best, ([id, score]) => ({id, score})).sort(compareTrec)
}
