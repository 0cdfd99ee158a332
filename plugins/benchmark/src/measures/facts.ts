import {mean, type Measurement} from '@ep23/statistics'

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

/** In how many of `documents` texts each term occurs. */
export interface DocumentFrequencies {
  documents: number
  frequencies: ReadonlyMap<string, number>
}

export type TermWeights = ReadonlyMap<string, number>

export function documentFrequencies(documents: readonly (readonly string[])[]): DocumentFrequencies {
  const frequencies = new Map<string, number>()
  for (const term of documents.flatMap(document => [...new Set(document)])) {
    frequencies.set(term, (frequencies.get(term) ?? 0) + 1)
  }
  return {documents: documents.length, frequencies}
}

/** Term frequency times ln((1 + N) / (1 + df)) + 1, the smoothed weights of scikit-learn's TfidfVectorizer before its norm. */
export function tfIdfWeights(tokens: readonly string[], {documents, frequencies}: DocumentFrequencies): TermWeights {
  const weights = new Map<string, number>()
  for (const term of tokens) {
    const inverse = Math.log((1 + documents) / (1 + (frequencies.get(term) ?? 0))) + 1
    weights.set(term, (weights.get(term) ?? 0) + inverse)
  }
  return weights
}

/** The `count` heaviest terms; equal weights in code unit order, so that the choice never depends on the text's order. */
export function topTerms(weights: TermWeights, count: number): Map<string, number> {
  const heaviestFirst = [...weights].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
  return new Map(heaviestFirst.slice(0, count))
}

/** Cosine of the angle between two weight vectors, 0 … 1; 0 when either has no terms. */
export function cosineSimilarity(a: TermWeights, b: TermWeights): number {
  let dot = 0
  for (const [term, weight] of a) dot += weight * (b.get(term) ?? 0)
  const lengths = Math.sqrt(squaredLength(a) * squaredLength(b))
  return lengths > 0 ? dot / lengths : 0
}

function squaredLength(weights: TermWeights): number {
  return [...weights.values()].reduce((sum, weight) => sum + weight ** 2, 0)
}

/** Something the summary states: a number, a name, an address. */
export interface Claim {
  text: string
  /** Keys under which it may stand in the source; one of them is enough. */
  readings: readonly string[]
}

export interface Faithfulness {
  /** supported / all, 0 … 1; undefined when the summary claims nothing: that is neither right nor wrong. */
  precision: Measurement
  supported: number
  total: number
  /** What the source does not contain, in the summary's order. */
  unsupported: Claim[]
}

/** Share of the summary's claims that occur in the source. Claims and source keys must come from the same extraction. */
export function faithfulness(claims: readonly Claim[], source: ReadonlySet<string>): Faithfulness {
  const unsupported = claims.filter(claim => !claim.readings.some(reading => source.has(reading)))
  const supported = claims.length - unsupported.length
  return {
    precision: claims.length > 0 ? supported / claims.length : undefined,
    supported,
    total: claims.length,
    unsupported,
  }
}
