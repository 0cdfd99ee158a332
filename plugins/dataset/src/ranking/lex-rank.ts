import type {TermVector} from './term-vectors.js'

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
