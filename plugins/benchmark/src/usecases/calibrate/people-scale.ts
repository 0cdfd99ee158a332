import {quantile} from '@ep23/statistics'

/** Values of a rater as labels of the people's scale. */
export type ToLabels = (values: readonly (number | undefined)[]) => (number | undefined)[]

/** Judges score 0 … 1: the ends are the ends of the scale, and a value is the label nearest to it. */
export function linearLabels(labels: readonly number[]): ToLabels {
  const [lowest, highest] = [labels[0] as number, labels.at(-1) as number]
  return values =>
    values.map(value => (value === undefined ? undefined : nearest(labels, lowest + value * (highest - lowest))))
}

/**
 * Measures have no scale of their own: their values get the people's distribution, the lowest values the lowest label and so on.
 * Agreement is then about order alone.
 */
export function matchedLabels(labels: readonly number[], given: readonly number[]): ToLabels {
  return values => {
    const known = values.filter(value => value !== undefined)
    if (known.length === 0) return values.map(() => undefined)
    const bounds = labels.slice(0, -1).map(label => {
      const share = given.filter(score => score <= label).length / given.length
      return quantile(known, share)
    })
    return values.map(value => (value === undefined ? undefined : labels[bounds.filter(bound => value > bound).length]))
  }
}

/** Distinct scores that people gave, ascending; whole steps between them included when all are whole numbers. */
export function scaleOf(scores: readonly number[]): number[] {
  const met = [...new Set(scores)].toSorted((a, b) => a - b)
  if (!met.every(Number.isInteger) || met.length < 2) return met
  const [lowest, highest] = [met[0] as number, met.at(-1) as number]
  return highest - lowest > 100 ? met : Array.from({length: highest - lowest + 1}, (_, step) => lowest + step)
}

function nearest(labels: readonly number[], value: number): number {
  return labels.reduce((best, label) => (Math.abs(label - value) < Math.abs(best - value) ? label : best))
}
