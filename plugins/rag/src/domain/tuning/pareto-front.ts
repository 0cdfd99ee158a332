/** What is weighed against each other; unmeasured repeatability is the worst. */
export interface Objectives {
  /** Higher is better. */
  quality: number
  /** Variance ratio: lower is better. */
  varianceRatio: number
  /** Lower is better. */
  latencySeconds: number
}

/** The items that no other one beats: none is as good in everything and better in something. In their order. */
export function paretoFront<T>(items: readonly T[], objectivesOf: (item: T) => Objectives): T[] {
  const measured = items.map(item => ({item, objectives: objectivesOf(item)}))
  return measured
    .filter(({objectives}) => !measured.some(other => dominates(other.objectives, objectives)))
    .map(({item}) => item)
}

function dominates(a: Objectives, b: Objectives): boolean {
  const gains = [a.quality - b.quality, b.varianceRatio - a.varianceRatio, b.latencySeconds - a.latencySeconds]
  return gains.every(gain => gain >= 0) && gains.some(gain => gain > 0)
}
