import {type Sample, type Measurement, sample, requireSameLength} from '../measurement.js'

/** Sum and number of the measured values of each cluster, in order of first appearance. */
export interface ClusterTotals extends Sample {
  sums: Float64Array
  sizes: Float64Array
}

/** Groups measured values by their cluster's name, such as the channel of each sample. */
export function clusterTotals(values: readonly Measurement[], clusters: readonly string[]): ClusterTotals {
  requireSameLength(values, clusters, 'values and clusters')
  const kept = sample(values, 'values')
  const totals = new Map<string, {sum: number; size: number}>()
  for (const [i, name] of clusters.entries()) {
    const value = values[i]
    if (value === undefined) continue
    const {sum, size} = totals.get(name) ?? {sum: 0, size: 0}
    totals.set(name, {sum: sum + value, size: size + 1})
  }
  const all = [...totals.values()]
  return {...kept, sums: Float64Array.from(all, ({sum}) => sum), sizes: Float64Array.from(all, ({size}) => size)}
}
