import {mean} from '../inference/moments.js'
import {type Measurement, requireCount} from '../measurement.js'

type Ranking = readonly string[]

/**
 * Jaccard index of the first k items of both rankings, 0 … 1, their order ignored; undefined when both are empty.
 * @example jaccardAtK(['a', 'b', 'c'], ['a', 'c', 'd'], 3) // 0.5
 */
export function jaccardAtK(a: Ranking, b: Ranking, k: number): Measurement {
  requireCount(k, 'k')
  const [left, right] = [new Set(a.slice(0, k)), new Set(b.slice(0, k))]
  const common = [...left].filter(item => right.has(item)).length
  const union = left.size + right.size - common
  return union > 0 ? common / union : undefined
}

/** 1 when both rankings begin with the same item, else 0; undefined when both are empty. */
export function topOneAgreement(a: Ranking, b: Ranking): Measurement {
  if (a.length === 0 && b.length === 0) return undefined
  return a[0] === b[0] ? 1 : 0
}

/** Mean of a similarity over all pairs of runs for which it exists; undefined without such a pair. */
export function pairwiseMean(
  runs: readonly Ranking[],
  similarity: (a: Ranking, b: Ranking) => Measurement,
): Measurement {
  const values = runs
    .flatMap((a, i) => runs.slice(i + 1).map(b => similarity(a, b)))
    .filter(value => value !== undefined)
  return values.length > 0 ? mean(values) : undefined
}
