/** Value at the first place less the one at the second; both are places of the list. */
export function differenceAt(values: readonly number[], a: number, b: number): number {
  return (values[a] ?? 0) - (values[b] ?? 0)
}

/** Places of the values from the smallest to the largest; equal ones stay as they stood. */
export function placesInOrder(values: readonly number[]): number[] {
  return [...values.keys()].toSorted((a, b) => differenceAt(values, a, b))
}
