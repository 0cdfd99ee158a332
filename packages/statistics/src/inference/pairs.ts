import {type Measurement, requireFinite, requireSameLength} from '../measurement.js'

/** The samples that both runs measured, and how many had to be left out. */
export interface Pairs {
  before: number[]
  after: number[]
  /** after − before. */
  differences: number[]
  /** Index of each pair in the input. */
  positions: number[]
  pairs: number
  dropped: number
}

/** Pairs two runs sample by sample. A sample unmeasured in either run is dropped and counted, never scored. */
export function pairMeasured(before: readonly Measurement[], after: readonly Measurement[]): Pairs {
  requireSameLength(before, after, 'before and after')
  const pairs: Pairs = {before: [], after: [], differences: [], positions: [], pairs: 0, dropped: 0}
  for (const [position, x] of before.entries()) {
    const y = after[position]
    if (x === undefined || y === undefined) pairs.dropped++
    else addPair(pairs, x, y, position)
  }
  return pairs
}

function addPair(pairs: Pairs, x: number, y: number, position: number): void {
  requireFinite(x, `before[${position}]`)
  requireFinite(y, `after[${position}]`)
  pairs.before.push(x)
  pairs.after.push(y)
  pairs.differences.push(y - x)
  pairs.positions.push(position)
  pairs.pairs++
}
