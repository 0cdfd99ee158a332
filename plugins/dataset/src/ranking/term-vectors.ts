/** A text as weights of its terms, of length 1 (or 0 for a text without terms). */
export type TermVector = ReadonlyMap<string, number>

/**
 * TF-IDF vectors of texts given as lists of terms. The inverse document frequency ln((n + 1) / df) is taken over these texts
 * alone: a word that every text has says nothing about any of them.
 */
export function termVectors(texts: readonly (readonly string[])[]): TermVector[] {
  const frequencies = documentFrequencies(texts)
  return texts.map(terms => {
    const counts = countsOf(terms)
    for (const [term, count] of counts)
      counts.set(term, count * Math.log((texts.length + 1) / (frequencies.get(term) ?? 1)))
    return toUnitLength(counts)
  })
}

/**
 * Vectors of plain term counts. Where every post of a day tells of one event, TF-IDF would weigh down just the words that
 * show it: for finding repetition the words count alike.
 */
export function countVectors(texts: readonly (readonly string[])[]): TermVector[] {
  return texts.map(terms => toUnitLength(countsOf(terms)))
}

/** Cosine of two vectors of length 1. */
export function cosine(a: TermVector, b: TermVector): number {
  const [short, long] = a.size <= b.size ? [a, b] : [b, a]
  let product = 0
  for (const [term, weight] of short) product += weight * (long.get(term) ?? 0)
  return product
}

function countsOf(terms: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1)
  return counts
}

function documentFrequencies(texts: readonly (readonly string[])[]): Map<string, number> {
  const frequencies = new Map<string, number>()
  for (const terms of texts) for (const term of new Set(terms)) frequencies.set(term, (frequencies.get(term) ?? 0) + 1)
  return frequencies
}

function toUnitLength(weights: Map<string, number>): TermVector {
  let squares = 0
  for (const weight of weights.values()) squares += weight * weight
  const length = Math.sqrt(squares)
  if (length > 0) for (const [term, weight] of weights) weights.set(term, weight / length)
  return weights
}
