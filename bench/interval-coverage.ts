// How often each 95 % interval holds the truth, by simulation; the defaults of the measures module rest on this table:
//
//   node bench/interval-coverage.ts [--runs N] [--resamples N]
//
// Rows are kinds of scores with a known mean, columns interval methods. With --runs 4000 (the default) a share is certain to
// about ±0.7 points. Nothing is timed; it takes three minutes of CPU.
import {
  bootstrapMeanInterval,
  clusterBootstrapInterval,
  clusterMeanInterval,
  clusterQuantileInterval,
  type Interval,
  meanInterval,
  pairInterval,
  quantileInterval,
  spearman,
} from '@ep23/statistics'
import {parseArgs} from 'node:util'

import {Simulation} from '../packages/statistics/test/simulated.ts'

const {values: flags} = parseArgs({
  options: {runs: {type: 'string', default: '4000'}, resamples: {type: 'string', default: '1000'}},
})
const [runs, resamples] = [Number(flags.runs), Number(flags.resamples)]
const simulation = new Simulation(20_241_105)
let seed = 0

const SCORES: Record<string, [draw: () => number, truth: number]> = {
  normal: [() => simulation.normal(), 0],
  'beta(6, 2)': [() => simulation.beta(6, 2), 0.75],
  'beta(9, 1)': [() => simulation.beta(9, 1), 0.9],
  'steps 0.6 0.8 1': [() => simulation.step([0.6, 0.8, 1], [0.1, 0.3, 0.6]), 0.9],
  'pass 85 %': [() => simulation.step([0, 1], [0.15, 0.85]), 0.85],
  'latency, log sd 0.5': [() => Math.exp(0.5 * simulation.normal()), Math.exp(0.125)],
}
const CLUSTERS: Record<string, number[]> = {
  '5 x 30': [30, 30, 30, 30, 30],
  '5 uneven': [20, 25, 30, 30, 45],
  '5 very uneven': [5, 10, 30, 45, 60],
  '10 x 15': Array.from({length: 10}, () => 15),
  '30 x 5': Array.from({length: 30}, () => 5),
}

for (const n of [30, 150]) {
  for (const [name, [draw, truth]] of Object.entries(SCORES)) {
    print(`${name}, n = ${n}`, truth, () => {
      const values = Array.from({length: n}, draw)
      return {
        'Student-t': meanInterval(values),
        percentile: bootstrapMeanInterval(values, {seed: seed++, resamples}),
        BCa: bootstrapMeanInterval(values, {seed: seed++, resamples, method: 'bca'}),
      }
    })
  }
}

for (const [name, sizes] of Object.entries(CLUSTERS)) {
  for (const between of [0, 0.05, 0.2, 0.5]) {
    print(`clusters ${name}, ${between * 100} % between`, 0, () => {
      const values = sizes.flatMap(size => correlated(size, between))
      const clusters = sizes.flatMap((size, cluster) => Array.from({length: size}, () => String(cluster)))
      return {
        'cluster-t': clusterMeanInterval(values, clusters),
        'cluster bootstrap': clusterBootstrapInterval(values, clusters, {seed: seed++, resamples}),
        'clusters ignored': meanInterval(values),
      }
    })
  }
}

// The normal distribution's own 10th percentile is the truth; `between` leaves the variance at 1.
const TENTH = -1.2815515655446004
for (const [name, sizes] of Object.entries(CLUSTERS)) {
  for (const between of [0, 0.05, 0.2, 0.5]) {
    print(`p10, clusters ${name}, ${between * 100} % between`, TENTH, () => {
      const values = sizes.flatMap(size => correlated(size, between))
      const clusters = sizes.flatMap((size, cluster) => Array.from({length: size}, () => String(cluster)))
      return {
        'cluster Woodruff': clusterQuantileInterval(values, clusters, 0.1),
        'order statistics': quantileInterval(values, 0.1),
      }
    })
  }
}

const rho = 0.6
print('Spearman, 52 pairs', (6 / Math.PI) * Math.asin(rho / 2), () => {
  const xs = Array.from({length: 52}, () => simulation.normal())
  const ys = xs.map(x => rho * x + Math.sqrt(1 - rho ** 2) * simulation.normal())
  const options = {seed: seed++, resamples: resamples / 2}
  return {
    percentile: pairInterval(xs, ys, spearman, options),
    BCa: pairInterval(xs, ys, spearman, {...options, method: 'bca'}),
  }
})

/** Samples of one cluster: a share of their variance, 1 in all, is common to them. */
function correlated(size: number, between: number): number[] {
  const common = Math.sqrt(between) * simulation.normal()
  return Array.from({length: size}, () => common + Math.sqrt(1 - between) * simulation.normal())
}

function print(name: string, truth: number, intervals: () => Record<string, Interval>): void {
  const held = new Map<string, number>()
  for (let run = 0; run < runs; run++) {
    for (const [method, {low = Infinity, high = -Infinity}] of Object.entries(intervals())) {
      held.set(method, (held.get(method) ?? 0) + (low <= truth && truth <= high ? 1 : 0))
    }
  }
  const shares = [...held].map(([method, count]) => `${method} ${((100 * count) / runs).toFixed(1)}`)
  console.log(name.padEnd(44), shares.join('   '))
}
