import {type Sample, type Measurement, sample, requireSameLength} from '../measurement.js'

/** Sum and number of the measured values of each cluster, in order of first appearance. */
export interface ClusterTotals extends Sample {
  sums: Float64Array
  sizes: Float64Array
}

/** Groups measured values by their cluster's name, such as the channel of each sample; without names each value stands alone. */
export function clusterTotals(values: readonly Measurement[], clusters?: readonly string[]): ClusterTotals {
  const kept = sample(values, 'values')
  if (!clusters) return {...kept, sums: kept.values, sizes: new Float64Array(kept.measured).fill(1)}
  requireSameLength(values, clusters, 'values and clusters')
  const totals = new Map<string, {sum: number; size: number}>()
  for (const [i, name] of clusters.entries()) {
    const value = values[i]
    if (value === undefined) continue
    let total = totals.get(name)
    if (total === undefined) totals.set(name, (total = {sum: 0, size: 0}))
    total.sum += value
    total.size += 1
  }
  const all = [...totals.values()]
  return {...kept, sums: Float64Array.from(all, ({sum}) => sum), sizes: Float64Array.from(all, ({size}) => size)}
}
