import {mean} from '../inference/moments.js'
import {type Measurement, requirePairs} from '../measurement.js'
import {averageRanks} from './average-ranks.js'

/** Pearson's correlation, −1 … 1; undefined for fewer than two pairs or when either side is constant. */
export function pearson(xs: ArrayLike<number>, ys: ArrayLike<number>): Measurement {
  requirePairs(xs, ys)
  if (xs.length < 2 || isConstant(xs) || isConstant(ys)) return undefined
  const [centreX, centreY] = [mean(xs), mean(ys)]
  let [product, squaresX, squaresY] = [0, 0, 0]
  for (let i = 0; i < xs.length; i++) {
    // In range: both are as long as each other.
    const [dx, dy] = [(xs[i] ?? 0) - centreX, (ys[i] ?? 0) - centreY]
    product += dx * dy
    squaresX += dx ** 2
    squaresY += dy ** 2
  }
  const scale = Math.sqrt(squaresX) * Math.sqrt(squaresY)
  return scale > 0 ? Math.min(1, Math.max(-1, product / scale)) : undefined
}

/** Spearman's rank correlation: Pearson's of the average ranks. */
export function spearman(xs: readonly number[], ys: readonly number[]): Measurement {
  requirePairs(xs, ys)
  return pearson(averageRanks(xs), averageRanks(ys))
}

function isConstant(values: ArrayLike<number>): boolean {
  for (let i = 1; i < values.length; i++) if (values[i] !== values[0]) return false
  return true
}
