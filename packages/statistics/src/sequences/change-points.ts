import {atOnce} from '../intervals/bootstrap.js'
import {inBlocks, type Random, seededRandom} from '../inference/random.js'
import {requireAllFinite, requireCount, requireFraction} from '../measurement.js'
import {bestEnergySplit, Distances, type EnergySplit} from './energy-split.js'

export interface ChangePointOptions {
  /** Fewest values between two changes, 5 unless told: single odd days are no change. */
  least?: number
  /** A change is one whose permutation p is at most this; 0.01 unless told. */
  alpha?: number
  permutations?: number
  seed?: number
  /** Neighbours that are permuted together, for values that resemble their neighbours; 1 for independent ones. */
  block?: number
}

export interface ChangePoint {
  /** The first value after the change. */
  at: number
  statistic: number
  /** (c + 1)/(B + 1) over permutations within the stretches found before. */
  p: number
}

/**
 * E-divisive: where the distribution of a sequence changed, any number of times. The best split over all stretches is tested
 * against permutations inside those stretches; if it holds, its stretch is parted and the search goes on (Matteson and James 2014,
 * JASA 109, arXiv 1306.4933, section 2.3). Deterministic for a seed. For telling when something changed and for charts: looked at
 * daily it alarms falsely far more often than `alpha` says, which is what `ChangeDetector` is for. Points found earlier can move as
 * values are added. Empty for fewer than 2 × `least` values.
 * @example changePoints([...Array(20)].map((_, i) => (i < 12 ? i % 3 : 5 + (i % 3)))).map(({at}) => at) // [12]
 */
export function changePoints(values: readonly number[], options: ChangePointOptions = {}): ChangePoint[] {
  return atOnce(changePointSteps(values, options))
}

/** The same, stopping after each permutation (`yield`): hundreds of days take seconds. */
export function* changePointSteps(
  values: readonly number[],
  options: ChangePointOptions = {},
): Generator<undefined, ChangePoint[]> {
  const {least = 5, alpha = 0.01, permutations = 499, seed = 1, block = 1} = options
  requireAllFinite(values, 'values')
  requireCount(least, 'least', 2)
  requireCount(permutations, 'permutations')
  requireFraction(alpha, 'alpha')
  const random = seededRandom(seed)
  const distances = new Distances(values)
  const found: ChangePoint[] = []
  for (;;) {
    const borders = [0, ...found.map(({at}) => at).sort((a, b) => a - b), values.length]
    distances.measure(values)
    const best = bestOfStretches(distances, borders, least)
    if (best === undefined) break
    const p = yield* permutationP(best, {values, distances, borders, least, permutations, block, random})
    if (p > alpha) break
    found.push({at: best.at, statistic: best.statistic, p})
  }
  return found.sort((a, b) => a.at - b.at)
}

function bestOfStretches(distances: Distances, borders: readonly number[], least: number): EnergySplit | undefined {
  let best: EnergySplit | undefined
  for (const [i, from] of borders.slice(0, -1).entries()) {
    const split = bestEnergySplit(distances, {from, to: borders[i + 1] ?? from, least})
    if (split && (best === undefined || split.statistic > best.statistic)) best = split
  }
  return best
}

interface PermutationOfStretches {
  values: readonly number[]
  /** Room for the distances of each permutation. */
  distances: Distances
  borders: readonly number[]
  least: number
  permutations: number
  block: number
  random: Random
}

function* permutationP(
  {statistic}: EnergySplit,
  {values, distances, borders, least, permutations, block, random}: PermutationOfStretches,
): Generator<undefined, number> {
  let count = 0
  for (let permutation = 0; permutation < permutations; permutation++) {
    const permuted = borders
      .slice(0, -1)
      .flatMap((from, i) => inBlocks(values.slice(from, borders[i + 1]), block, random))
    distances.measure(permuted)
    // Sums of equal value differ in their last bits when added in another order.
    if ((bestOfStretches(distances, borders, least)?.statistic ?? 0) >= statistic - 1e-12) count++
    yield
  }
  return (count + 1) / (permutations + 1)
}
