import {expect} from 'chai'

import {clusterQuantileInterval} from '#src/intervals/cluster-quantile-interval.js'
import {differenceInterval, differenceTest} from '#src/intervals/difference-interval.js'
import {scoreInterval} from '#src/intervals/score-interval.js'

import {type Cell, cells, channelNumbers, channelsOf, quantileOf, scoresOf} from './grid.ts'
import {shareOf, Simulation} from './simulated.ts'

const RUNS = 150
/** What a quantile of a kind is known to. */
const SLACK = 1e-3
/** Corners of the grid of bench/interval-coverage.ts and bench/comparison-rates.ts, with fixed seeds. */
const CORNERS = [...cells({channels: [2, 5], days: [2, 30]})]

/** Three binomial standard errors: of 120 cells none leaves its band by chance, while the intervals of before leave it by far. */
function noise(share: number): number {
  return 3 * Math.sqrt((share * (1 - share)) / RUNS)
}

function named({kind, channels, days, between, shared}: Cell): string {
  return `${kind.name}, ${channels} × ${days}, ${between * 100} % ${shared}`
}

describe('the grid that the intervals were chosen by', function () {
  this.timeout(120_000)

  it('has its truth covered in 94 % and lies wholly above it in 3 % in every corner', () => {
    const simulation = new Simulation(31)
    for (const cell of CORNERS) {
      const clusters = channelsOf(cell)
      let [covered, above] = [0, 0]
      for (let run = 0; run < RUNS; run++) {
        const {low = 0, high = 1} = scoreInterval(scoresOf(simulation, cell), {clusters})
        if (low <= cell.kind.mean && cell.kind.mean <= high) covered++
        if (low > cell.kind.mean) above++
      }
      expect(covered / RUNS, named(cell)).to.be.at.least(0.94 - noise(0.94))
      expect(above / RUNS, named(cell)).to.be.at.most(0.03 + noise(0.03))
    }
  })

  it('has no end of a p10 or a p90 beyond the true one in more than 3 %', () => {
    const simulation = new Simulation(33)
    const layouts = {channels: [2, 14], days: [3], between: [0, 0.6]}
    for (const cell of [...cells(layouts)].filter(({kind}) => ['normal', '90 % 1, 10 % 0'].includes(kind.name))) {
      const clusters = channelsOf(cell)
      for (const p of [0.1, 0.9]) {
        const truth = quantileOf(cell.kind, p)
        let [above, below] = [0, 0]
        for (let run = 0; run < RUNS; run++) {
          const {low = 0, high = 1} = clusterQuantileInterval(scoresOf(simulation, cell), clusters, p)
          if (low > truth + SLACK) above++
          if (high < truth - SLACK) below++
        }
        expect(above / RUNS, `${named(cell)}, low of p${p}`).to.be.at.most(0.03 + noise(0.03))
        expect(below / RUNS, `${named(cell)}, high of p${p}`).to.be.at.most(0.03 + noise(0.03))
      }
    }
  })

  it('shows a change by channel in at most 6 % of comparisons without one, and test and interval agree', () => {
    const simulation = new Simulation(32)
    for (const cell of CORNERS) {
      const clusters = channelsOf(cell)
      const alarm = () => {
        const before = scoresOf(simulation, cell, channelNumbers(simulation, cell))
        const differences = scoresOf(simulation, cell).map((after, i) => after - (before[i] as number))
        const {p = 1} = differenceTest(differences, {clusters})
        const {low = -1, high = 1} = differenceInterval(differences, {clusters})
        expect(p < 0.05, `${named(cell)}: p ${p}, ${low} … ${high}`).to.equal(low > 0 || high < 0)
        return p < 0.05
      }
      expect(shareOf(RUNS, alarm), named(cell)).to.be.at.most(0.06 + noise(0.06))
    }
  })
})
