/** The smallest value that at least a share `p` of the values do not exceed (nearest rank). @param values at least one. */
export function orderStatistic(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * p) - 1)]!
}
