import {expect} from 'chai'

import {bootstrapMeanInterval} from '#src/intervals/bootstrap-interval.js'
import {clusterMeanInterval} from '#src/intervals/cluster-interval.js'
import {clusterQuantileInterval} from '#src/intervals/cluster-quantile-interval.js'
import {holmAdjust} from '#src/inference/holm.js'
import type {Estimate} from '#src/intervals/interval.js'
import {meanInterval} from '#src/intervals/mean-interval.js'
import {signFlipTest} from '#src/inference/permutation-test.js'
import {quantileInterval} from '#src/intervals/quantile-interval.js'
import {samplesNeeded} from '#src/inference/sample-size.js'

import {shareOf, Simulation} from '../simulated.ts'

const RUNS = 2000

/** Each distribution with its true mean: what scores, judge steps, pass/fail and raw latencies look like. */
const DISTRIBUTIONS: Record<string, [draw: (simulation: Simulation) => number, truth: number]> = {
  'normal scores': [simulation => simulation.normal(), 0],
  'scores skewed to the top': [simulation => simulation.beta(6, 2), 0.75],
  'scores crowded at 1': [simulation => simulation.beta(9, 1), 0.9],
  'judge steps 0.6, 0.8, 1': [simulation => simulation.step([0.6, 0.8, 1], [0.1, 0.3, 0.6]), 0.9],
  'pass or fail': [simulation => simulation.step([0, 1], [0.15, 0.85]), 0.85],
}

function covers({low, high}: Estimate, truth: number): boolean {
  return low! <= truth && truth <= high!
}

describe('simulated runs', () => {
  for (const n of [30, 150]) {
    for (const [name, [draw, truth]] of Object.entries(DISTRIBUTIONS)) {
      it(`the interval of a mean covers the truth in 93–97 % of ${RUNS} runs: ${name}, n = ${n}`, () => {
        const simulation = new Simulation(n)
        const sample = () => Array.from({length: n}, () => draw(simulation))
        expect(shareOf(RUNS, () => covers(meanInterval(sample()), truth))).to.be.within(0.93, 0.97)
      })
    }
  }

  it('the BCa bootstrap covers the truth in 93–97 % of runs at n = 150', () => {
    const simulation = new Simulation(3)
    let seed = 0
    const holds = () => {
      const scores = Array.from({length: 150}, () => simulation.beta(6, 2))
      return covers(bootstrapMeanInterval(scores, {seed: seed++, resamples: 400, method: 'bca'}), 0.75)
    }
    expect(shareOf(RUNS, holds)).to.be.within(0.93, 0.97)
  })

  const layouts: Record<string, number[]> = {
    '5 channels of 30': [30, 30, 30, 30, 30],
    '5 uneven channels': [20, 25, 30, 30, 45],
    '5 very uneven channels': [5, 10, 30, 45, 60],
    '30 days of 5': Array.from({length: 30}, () => 5),
  }
  for (const [name, sizes] of Object.entries(layouts)) {
    it(`the clustered interval covers the truth in 93–97 % of ${RUNS} runs with correlated samples: ${name}`, () => {
      const simulation = new Simulation(sizes[0]!)
      const clusters = sizes.flatMap((size, cluster) => Array.from({length: size}, () => `${cluster}`))
      // A fifth of the variance lies between clusters.
      const sample = () =>
        sizes.flatMap(size => {
          const common = Math.sqrt(0.2) * simulation.normal()
          return Array.from({length: size}, () => common + Math.sqrt(0.8) * simulation.normal())
        })
      expect(shareOf(RUNS, () => covers(clusterMeanInterval(sample(), clusters), 0))).to.be.within(0.93, 0.97)
    })
  }

  it('the plain interval of a p10 of such runs covers the truth in fewer than 85 %, the clustered one in 97 % or more', () => {
    const simulation = new Simulation(21)
    const clusters = Array.from({length: 150}, (_, i) => `${i % 5}`)
    const covered = {clustered: 0, plain: 0}
    for (let run = 0; run < 500; run++) {
      const common = Array.from({length: 5}, () => Math.sqrt(0.2) * simulation.normal())
      const values = clusters.map(cluster => common[Number(cluster)]! + Math.sqrt(0.8) * simulation.normal())
      const {low = -Infinity, high = Infinity} = clusterQuantileInterval(values, clusters, 0.1)
      if (low <= -1.2815515655446004 && high >= -1.2815515655446004) covered.clustered++
      if (covers(quantileInterval(values, 0.1), -1.2815515655446004)) covered.plain++
    }
    expect(covered.clustered / 500).to.be.at.least(0.97)
    expect(covered.plain / 500).to.be.below(0.85)
  })

  it('the plain interval of such samples covers it in fewer than 60 %: that is why clusters must be named', () => {
    const simulation = new Simulation(8)
    const sample = () =>
      Array.from({length: 5}, () => Math.sqrt(0.2) * simulation.normal()).flatMap(common =>
        Array.from({length: 30}, () => common + Math.sqrt(0.8) * simulation.normal()),
      )
    expect(shareOf(500, () => covers(meanInterval(sample()), 0))).to.be.below(0.6)
  })

  it('the interval of a latency quantile covers the truth in 93–98 % of runs', () => {
    const simulation = new Simulation(9)
    const latencies = () => Array.from({length: 150}, () => Math.exp(4 + 0.5 * simulation.normal()))
    expect(shareOf(RUNS, () => covers(quantileInterval(latencies(), 0.5), Math.exp(4)))).to.be.within(0.93, 0.98)
    const p90 = Math.exp(4 + 0.5 * 1.2815515655446004)
    expect(shareOf(RUNS, () => covers(quantileInterval(latencies(), 0.9), p90))).to.be.within(0.93, 0.98)
  })

  it('the paired test cries wolf in at most 5 % of runs without a difference, and in no fewer than 3 %', () => {
    const simulation = new Simulation(11)
    let seed = 0
    // Skewed scores, as judged twice: the difference of two of them is symmetric, which is what no change means.
    const difference = () => simulation.beta(6, 2) - simulation.beta(6, 2)
    const alarm = () => signFlipTest(Array.from({length: 30}, difference), {seed: seed++, permutations: 999}).p <= 0.05
    expect(shareOf(RUNS, alarm)).to.be.within(0.03, 0.05)
  })

  it('a comparison of five metrics with Holm cries wolf in at most 5 % of runs', () => {
    const simulation = new Simulation(12)
    const alarm = () => {
      const common = Array.from({length: 10}, () => simulation.normal())
      const pValues = Array.from({length: 5}, () => {
        const differences = common.map(value => 0.7 * value + simulation.normal())
        return signFlipTest(differences, {seed: 1}).p
      })
      return Math.min(...holmAdjust(pValues)) <= 0.05
    }
    expect(shareOf(RUNS, alarm)).to.be.at.most(0.05)
  })

  for (const n of [30, 150]) {
    it(`a drop of the size of the minimum detectable effect is found in about 80 % of runs, n = ${n}`, () => {
      const simulation = new Simulation(13 + n)
      const drop = (2.8 * 0.1) / Math.sqrt(n)
      let seed = 0
      const found = () => {
        const differences = Array.from({length: n}, () => 0.1 * simulation.normal() - drop)
        return signFlipTest(differences, {seed: seed++, permutations: 499}).p <= 0.05
      }
      // 2.8 rests on the normal distribution; with 30 samples the true power is 77.5 %.
      expect(shareOf(n === 30 ? RUNS : 800, found)).to.be.within(0.75, 0.85)
    })
  }

  it('as many samples as are asked for decide a gate in about 80 % of runs', () => {
    const simulation = new Simulation(17)
    const [mean, sd, threshold, measured] = [0.75, Math.sqrt((0.75 * 0.25) / 9), 0.72, 60]
    const more = samplesNeeded({measured, standardError: sd / Math.sqrt(measured), distance: mean - threshold})!
    const scores = () => Array.from({length: measured + more}, () => simulation.beta(6, 2))
    expect(shareOf(1000, () => meanInterval(scores()).low! > threshold)).to.be.within(0.76, 0.84)
  })
})
