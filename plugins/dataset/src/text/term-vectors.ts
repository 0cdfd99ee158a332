import {STOP_WORDS, TELEGRAM_NOISE, stem, stemmedWords} from './index.js'

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

const EMPTY_TERMS: ReadonlySet<string> = new Set([...STOP_WORDS, ...TELEGRAM_NOISE].map(word => stem(word)))

/** The stems of a text that carry meaning: no stop words, nothing that channels say of themselves. */
export function contentTerms(text: string): string[] {
  return stemmedWords(text).filter(term => !EMPTY_TERMS.has(term))
}

const DAMPING = 0.85
const MOST_ROUNDS = 100
const CLOSE_ENOUGH = 1e-9

/** Who is similar to a text, and how much; the similarities of a row sum up to `sum`. */
interface Neighbours {
  indexes: number[]
  similarities: number[]
  sum: number
}

/**
 * Continuous LexRank (Erkan & Radev 2004): the stationary distribution of a walk from text to text along their cosine
 * similarities, damping 0.85. A text similar to nothing is as likely as chance. The scores sum up to 1.
 */
export function lexRank(vectors: readonly TermVector[]): number[] {
  const graph = similarityGraph(vectors)
  let scores = vectors.map(() => 1 / vectors.length)
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const next = walk(graph, scores)
    const change = next.reduce((sum, score, index) => sum + Math.abs(score - (scores[index] ?? 0)), 0)
    scores = next
    if (change < CLOSE_ENOUGH) break
  }
  return scores
}

function walk(graph: readonly Neighbours[], scores: readonly number[]): number[] {
  const isolated = graph.reduce((sum, {sum: similar}, index) => sum + (similar > 0 ? 0 : (scores[index] ?? 0)), 0)
  const next = scores.map(() => (1 - DAMPING + DAMPING * isolated) / scores.length)
  for (const [from, {indexes, similarities, sum}] of graph.entries()) {
    if (sum === 0) continue
    const share = (DAMPING * (scores[from] ?? 0)) / sum
    for (const [place, to] of indexes.entries()) next[to] = (next[to] ?? 0) + share * (similarities[place] ?? 0)
  }
  return next
}

// Through an index of terms: only texts that share one are compared.
function similarityGraph(vectors: readonly TermVector[]): Neighbours[] {
  const holders = new Map<string, [index: number, weight: number][]>()
  for (const [index, vector] of vectors.entries())
    for (const [term, weight] of vector) {
      const known = holders.get(term)
      if (known) known.push([index, weight])
      else holders.set(term, [[index, weight]])
    }
  return vectors.map((vector, index) => neighbours(vector, index, holders))
}

function neighbours(vector: TermVector, self: number, holders: ReadonlyMap<string, [number, number][]>): Neighbours {
  const similar = new Map<number, number>()
  for (const [term, weight] of vector)
    for (const [index, other] of holders.get(term) ?? [])
      if (index !== self) similar.set(index, (similar.get(index) ?? 0) + weight * other)
  const similarities = [...similar.values()]
  return {indexes: [...similar.keys()], similarities, sum: similarities.reduce((sum, value) => sum + value, 0)}
}
