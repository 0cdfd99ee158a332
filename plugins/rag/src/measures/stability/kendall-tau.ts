/**
 * Kendall's τ-b with the correction for ties (Kendall 1945; scipy's default): concordant minus discordant pairs over the
 * geometric mean of the pairs not tied in x and in y. Takes each pair once: O(n²), meant for rankings of up to some thousand.
 * @returns −1 … 1; undefined when one side is constant or shorter than two.
 * @throws RangeError when the lengths differ or a value is NaN.
 */
export function kendallTauB(x: ArrayLike<number>, y: ArrayLike<number>): number | undefined {
  if (x.length !== y.length)
    throw new RangeError(`x and y have ${x.length} and ${y.length} elements: equal lengths are needed`)
  let [balance, untiedX, untiedY] = [0, 0, 0]
  for (let i = 1; i < x.length; i++) {
    for (let j = 0; j < i; j++) {
      const [signX, signY] = [order(x[i]!, x[j]!), order(y[i]!, y[j]!)]
      balance += signX * signY
      untiedX += signX * signX
      untiedY += signY * signY
    }
  }
  return untiedX > 0 && untiedY > 0 ? balance / Math.sqrt(untiedX * untiedY) : undefined
}

function order(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) throw new RangeError('a value is NaN: leave out what was not measured')
  if (a === b) return 0
  return a > b ? 1 : -1
}
