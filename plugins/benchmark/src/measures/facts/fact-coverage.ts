import {mean, type Measurement} from '@ep23/statistics'
import {cosineSimilarity, type TermWeights} from './tf-idf.js'

export interface PostFacts {
  /** Facts a digest should keep, with their weights: entities, numbers, the heaviest TF-IDF stems. */
  facts: TermWeights
  /** The whole post's TF-IDF weights, to find the sentence that tells of it. */
  terms: TermWeights
}

export interface DigestFacts {
  /** Every fact key the digest contains. */
  facts: ReadonlySet<string>
  /** TF-IDF weights of each of its sentences. */
  sentences: readonly TermWeights[]
}

export interface PostCoverage {
  /** Weighted share of the post's facts that the digest contains; undefined for a post without facts. */
  recall: Measurement
  /** Cosine with the nearest digest sentence, 0 … 1, and its index; undefined for a digest without sentences. */
  similarity: Measurement
  sentence: number | undefined
  /** Whether `similarity` reaches the threshold; an empty digest covers nothing. */
  covered: boolean
}

export interface FactCoverage {
  /** Mean recall over the posts that have facts. */
  recall: Measurement
  /** Share of posts covered; undefined without posts. */
  postsCovered: Measurement
  posts: PostCoverage[]
  measured: number
  unmeasured: number
}

/**
 * How much of its sources a digest keeps (fact coverage, not extractive coverage). A digest joins many posts, so every post
 * counts the same, however long it is.
 */
export function factCoverage(digest: DigestFacts, posts: readonly PostFacts[], threshold: number): FactCoverage {
  const perPost = posts.map(post => postCoverage(digest, post, threshold))
  const recalls = perPost.map(post => post.recall).filter(recall => recall !== undefined)
  return {
    recall: recalls.length > 0 ? mean(recalls) : undefined,
    postsCovered: posts.length > 0 ? perPost.filter(post => post.covered).length / posts.length : undefined,
    posts: perPost,
    measured: recalls.length,
    unmeasured: posts.length - recalls.length,
  }
}

function postCoverage(digest: DigestFacts, post: PostFacts, threshold: number): PostCoverage {
  const similarities = digest.sentences.map(sentence => cosineSimilarity(sentence, post.terms))
  const similarity = similarities.length > 0 ? Math.max(...similarities) : undefined
  return {
    recall: weightedRecall(post.facts, digest.facts),
    similarity,
    sentence: similarity === undefined ? undefined : similarities.indexOf(similarity),
    covered: similarity !== undefined && similarity >= threshold,
  }
}

function weightedRecall(facts: TermWeights, found: ReadonlySet<string>): Measurement {
  let [kept, all] = [0, 0]
  for (const [fact, weight] of facts) {
    all += weight
    if (found.has(fact)) kept += weight
  }
  return all > 0 ? kept / all : undefined
}
