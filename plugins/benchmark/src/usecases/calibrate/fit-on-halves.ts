import {mean, type Measurement, quantile, type Random, seededRandom, spearman} from '@ep23/statistics'
import {type FitOptions, fitComposite, type Weights} from '../../domain/lexical/fit-composite.js'
import type {LexicalFeatures} from '../../domain/lexical/lexical-features.js'
import {weightedMean} from '../../domain/lexical/weighted-mean.js'
import type {HalvesFacts, HalvesReport} from '../../domain/calibration.js'

/** Fewer rows leave halves on which a correlation is noise. */
const FEWEST_ROWS = 20

export interface HalvesRow {
  features: LexicalFeatures
  label: number
  rougeL: number
}

interface HalvesOptions {
  fit: FitOptions
  repetitions: number
  seed: number
}

/**
 * Random halves: the composite is fitted on one half and correlated with the people on the other, where ROUGE-L stands beside
 * it. What it shows is how a fit of this size carries over to texts of the same kind.
 * @returns null for too few rows
 */
export function fitOnHalves(rows: readonly HalvesRow[], {fit, repetitions, seed}: HalvesOptions): HalvesReport | null {
  if (rows.length < FEWEST_ROWS) return null
  const random = seededRandom(seed)
  const equal = Object.fromEntries(fit.features.map(name => [name, 1 / fit.features.length])) as Weights
  const results = Array.from({length: repetitions}, () => {
    const [fitted, held] = halve(rows, random)
    return {
      composite: correlation(held, composite(fitComposite(fitted, fit))),
      equal: correlation(held, composite(equal)),
      rougeL: correlation(held, row => row.rougeL),
    }
  })
  const sound = results.filter(isSound)
  return {
    repetitions: sound.length,
    seed,
    features: fit.features,
    shrinkage: fit.shrinkage,
    composite: spread(sound.map(result => result.composite)),
    equal_weights: spread(sound.map(result => result.equal)),
    rouge_l: spread(sound.map(result => result.rougeL)),
    beats_rouge_l: sound.filter(result => result.composite > result.rougeL).length / sound.length,
  }
}

function composite(weights: Weights): (row: HalvesRow) => Measurement {
  return ({features}) => weightedMean(features, weights)
}

function correlation(rows: readonly HalvesRow[], valueOf: (row: HalvesRow) => Measurement): Measurement {
  const pairs = rows.flatMap(row => {
    const value = valueOf(row)
    return value === undefined ? [] : [[value, row.label] as const]
  })
  return spearman(
    pairs.map(([value]) => value),
    pairs.map(([, label]) => label),
  )
}

function isSound<T extends Record<string, Measurement>>(result: T): result is T & Record<keyof T, number> {
  return Object.values(result).every(value => value !== undefined)
}

/** Fisher and Yates. */
function halve<T>(rows: readonly T[], random: Random): [T[], T[]] {
  const shuffled = [...rows]
  for (let last = shuffled.length - 1; last > 0; last -= 1) {
    const other = random.below(last + 1)
    const moved = shuffled[last] as T
    shuffled[last] = shuffled[other] as T
    shuffled[other] = moved
  }
  const middle = Math.floor(shuffled.length / 2)
  return [shuffled.slice(0, middle), shuffled.slice(middle)]
}

function spread(values: readonly number[]): HalvesFacts {
  return {mean: mean(values), p5: quantile(values, 0.05), p95: quantile(values, 0.95)}
}
