import {mean, type Measurement} from '@ep23/statistics'
import {ngramCounts} from './ngram-counts.js'

/** Highest count of an n-gram in any text, in which text, and the highest in the other texts. */
interface TopCounts {
  first: number
  text: number
  second: number
}

const ORDERS = [1, 2, 3, 4]
/** What NLTK's smoothing method 1 (Chen and Cherry 2014) puts in place of zero matches. */
const EPSILON = 0.1

/**
 * Self-BLEU (Zhu et al. 2018) of several texts, such as one channel's digests: the mean BLEU-4 of each against all others,
 * 0 … 1, where 1 is a template filled anew. BLEU as NLTK's `sentence_bleu` with smoothing method 1. Undefined for fewer
 * than two texts; texts without tokens are left out. The work grows with the number of tokens, not of pairs.
 */
export function selfBleu(texts: readonly (readonly string[])[]): Measurement {
  const filled = texts.filter(text => text.length > 0)
  if (filled.length < 2) return undefined
  const countsByOrder = ORDERS.map(order => filled.map(text => ngramCounts(text, order)))
  const topByOrder = countsByOrder.map(topCounts)
  return mean(
    filled.map((text, i) => {
      const precisions = ORDERS.map((_, o) => clippedPrecision(countsByOrder[o]![i]!, topByOrder[o]!, i))
      return brevityPenalty(text.length, closestLength(filled, i)) * smoothedMean(precisions)
    }),
  )
}

function topCounts(countsPerText: readonly Map<string, number>[]): Map<string, TopCounts> {
  const top = new Map<string, TopCounts>()
  for (const [text, counts] of countsPerText.entries()) {
    for (const [gram, count] of counts) {
      const {first, second, text: owner} = top.get(gram) ?? {first: 0, second: 0, text: -1}
      if (count > first) top.set(gram, {first: count, text, second: first})
      else top.set(gram, {first, text: owner, second: Math.max(second, count)})
    }
  }
  return top
}

function clippedPrecision(counts: Map<string, number>, top: Map<string, TopCounts>, text: number) {
  let [matched, total] = [0, 0]
  for (const [gram, count] of counts) {
    const highest = top.get(gram)!
    matched += Math.min(count, highest.text === text ? highest.second : highest.first)
    total += count
  }
  return {matched, total}
}

function smoothedMean(precisions: readonly {matched: number; total: number}[]): number {
  if (precisions[0]!.matched === 0) return 0
  const logs = precisions.map(({matched, total}) => Math.log((matched || EPSILON) / Math.max(total, 1)))
  return Math.exp(mean(logs))
}

/** The length nearest to the text's own among the others, the shorter of two equally near. */
function closestLength(texts: readonly (readonly string[])[], index: number): number {
  const own = texts[index]!.length
  const others = texts.filter((_, i) => i !== index).map(text => text.length)
  return others.reduce((best, length) => {
    const nearer = Math.abs(length - own) - Math.abs(best - own)
    return nearer < 0 || (nearer === 0 && length < best) ? length : best
  })
}

function brevityPenalty(length: number, reference: number): number {
  return length > reference ? 1 : Math.exp(1 - reference / length)
}
