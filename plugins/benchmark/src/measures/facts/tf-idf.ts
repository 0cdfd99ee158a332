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
