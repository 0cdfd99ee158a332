import {countOne, type Label, sortedLabels} from './confusion-table.js'

/** One row a unit (the rated thing), one column a rater, undefined where a rater gave none. */
export type Ratings<L extends Label = Label> = readonly (readonly (L | undefined)[])[]

/** How often each label was given to each unit. */
export interface LabelCounts<L extends Label> {
  labels: readonly L[]
  units: number[][]
}

/** @throws RangeError for a NaN or a label outside `labels`. */
export function labelCounts<L extends Label>(
  ratings: Ratings<L>,
  labels: readonly L[] = sortedLabels(ratings.flat()),
): LabelCounts<L> {
  const places = new Map(labels.map((label, place) => [label, place]))
  const units = ratings.map((unit, i) => {
    const counts = labels.map(() => 0)
    for (const label of unit) {
      if (label === undefined) continue
      const place = places.get(label)
      if (place === undefined || Number.isNaN(label))
        throw new RangeError(`ratings[${i}] has ${label}, which is not a label`)
      countOne(counts, place)
    }
    return counts
  })
  return {labels, units}
}
