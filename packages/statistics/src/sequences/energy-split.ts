/** Values from `from` to before `to`, parted before `at`. */
export interface EnergySplit {
  from: number
  at: number
  to: number
  /** Q: how far the two parts lie apart, in the unit of the values. */
  statistic: number
}

/**
 * The split of values `from` … `to` (excluded) into two neighbouring parts of at least `least` values whose distributions differ
 * most, the second part ending anywhere: the largest
 * Q = 2/(m + n) ΣΣ|X_i − Y_j| − 2n/((m + n)(m − 1)) Σ_{i<k}|X_i − X_k| − 2m/((m + n)(n − 1)) Σ_{j<k}|Y_j − Y_k|
 * over m values X and n values Y (Matteson and James 2014, JASA 109, arXiv 1306.4933, eqs. 5–7, α = 1). Undefined where too few
 * values are there. Of equal ones the earliest counts.
 * @example bestEnergySplit(new Distances([0, 0, 1, 1]), {from: 0, to: 4, least: 2}) // {"from":0,"at":2,"to":4,"statistic":2}
 */
export function bestEnergySplit(
  distances: Distances,
  {from, to, least}: {from: number; to: number; least: number},
): EnergySplit | undefined {
  let best: EnergySplit | undefined
  for (let at = from + least; at <= to - least; at++) {
    const m = at - from
    const first = distances.within(from, at) / (m - 1)
    for (let end = at + least; end <= to; end++) {
      const n = end - at
      const second = distances.within(at, end) / (n - 1)
      const statistic = (2 / (m + n)) * (distances.sum(from, at, at, end) - n * first - m * second)
      if (best === undefined || statistic > best.statistic + 1e-12) best = {from, at, to: end, statistic}
    }
  }
  return best
}

/** Sums of |x_i − x_j| over any rectangle of pairs, each in four look-ups. */
export class Distances {
  private readonly width: number
  private readonly sums: Float64Array

  constructor(values: ArrayLike<number>) {
    this.width = values.length + 1
    this.sums = new Float64Array(this.width ** 2)
    this.measure(values)
  }

  /** Those of other values, as many as before, in the same room: a permutation needs no megabyte of its own. */
  measure(values: ArrayLike<number>): void {
    for (let i = 1; i < this.width; i++) {
      let row = 0
      for (let j = 1; j < this.width; j++) {
        row += Math.abs((values[i - 1] ?? 0) - (values[j - 1] ?? 0))
        this.sums[i * this.width + j] = this.upTo(i - 1, j) + row
      }
    }
  }

  /** Of rows `fromRow` … and columns `fromColumn` …, both ends excluded. */
  sum(fromRow: number, toRow: number, fromColumn: number, toColumn: number): number {
    return (
      this.upTo(toRow, toColumn) -
      this.upTo(fromRow, toColumn) -
      this.upTo(toRow, fromColumn) +
      this.upTo(fromRow, fromColumn)
    )
  }

  /** Over the pairs of values from `from` to before `to`, each counted once. */
  within(from: number, to: number): number {
    return this.sum(from, to, from, to) / 2
  }

  private upTo(row: number, column: number): number {
    return this.sums[row * this.width + column] ?? 0
  }
}
