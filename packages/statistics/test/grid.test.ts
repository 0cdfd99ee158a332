import {expect} from 'chai'

import {differenceInterval, differenceTest} from '#src/intervals/difference-interval.js'
import {scoreInterval} from '#src/intervals/score-interval.js'

import {type Cell, cells, channelNumbers, channelsOf, scoresOf} from './grid.ts'
import {shareOf, Simulation} from './simulated.ts'

const RUNS = 150
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
