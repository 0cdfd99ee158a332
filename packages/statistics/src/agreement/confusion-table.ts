import {requireSameLength} from '../measurement.js'

export type Label = string | number

/** How often the first rater's label (row) met the second's (column). */
export interface ConfusionTable<L extends Label = Label> {
  labels: readonly L[]
  counts: number[][]
  /** Units that both rated. */
  measured: number
  unmeasured: number
}

/**
 * @param labels the whole scale in its order, unused steps included; without it the labels met, sorted. Weighted kappas
 * need the whole scale: a step nobody used still is a step.
 * @throws RangeError for a label outside `labels`, NaN among them.
 */
export function confusionTable<L extends Label>(
  first: readonly (L | undefined)[],
  second: readonly (L | undefined)[],
  labels: readonly L[] = sortedLabels([...first, ...second]),
): ConfusionTable<L> {
  requireSameLength(first, second, 'first and second')
  const places = new Map(labels.map((label, place) => [label, place]))
  const counts = labels.map(() => labels.map(() => 0))
  let measured = 0
  for (const [i, row] of first.entries()) {
    const column = second[i]
    if (row === undefined || column === undefined) continue
    countOne(counts[placeOf(row, places, `first[${i}]`)] ?? [], placeOf(column, places, `second[${i}]`))
    measured++
  }
  return {labels, counts, measured, unmeasured: first.length - measured}
}

/** Distinct labels, numbers by value, strings by code unit. */
export function sortedLabels<L extends Label>(labels: readonly (L | undefined)[]): L[] {
  const met = new Set<L>()
  for (const label of labels) if (label !== undefined) met.add(label)
  return [...met].toSorted((a, b) => (a < b ? -1 : 1))
}

/** Counts one more of the label at that place. */
export function countOne(counts: number[], place: number): void {
  counts[place] = (counts[place] ?? 0) + 1
}

function placeOf<L extends Label>(label: L, places: ReadonlyMap<L, number>, name: string): number {
  const place = places.get(label)
  if (place === undefined || Number.isNaN(label))
    throw new RangeError(`${name} is ${label}, which is not among the labels`)
  return place
}
