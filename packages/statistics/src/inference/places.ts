/** Value at the first place less the one at the second; both are places of the list. */
export function differenceAt(values: readonly number[], a: number, b: number): number {
  return (values[a] ?? 0) - (values[b] ?? 0)
}

/** Places of the values from the smallest to the largest; equal ones stay as they stood. */
export function placesInOrder(values: readonly number[]): number[] {
  return [...values.keys()].toSorted((a, b) => differenceAt(values, a, b))
}

/** How many of the ascending values are less than x, or not above it. */
export function countBelow(sorted: ArrayLike<number>, x: number, orEqual = false): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const value = sorted[middle] ?? 0
    if (value < x || (orEqual && value === x)) low = middle + 1
    else high = middle
  }
  return low
}
