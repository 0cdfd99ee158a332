import {expect} from 'chai'

import {mean} from '#src/inference/moments.js'
import {varianceRatio} from '#src/variance/variance-ratio.js'
import {varianceSplit} from '#src/variance/variance-split.js'

import {Simulation} from '../simulated.ts'

describe('simulated variance', () => {
  it('is split into its components without bias, unmeasured judgements or not', () => {
    const simulation = new Simulation(21)
    const judgements = (centre: number) =>
      Array.from({length: 3}, () => (simulation.unit() < 0.15 ? undefined : centre + 0.03 * simulation.normal()))
    const answers = (centre: number) => Array.from({length: 3}, () => judgements(centre + 0.05 * simulation.normal()))
    const splits = Array.from({length: 300}, () =>
      varianceSplit(Array.from({length: 30}, () => answers(0.8 + 0.1 * simulation.normal()))),
    )
    expect(mean(splits.map(({item}) => item!))).to.be.closeTo(0.01, 0.0005)
    expect(mean(splits.map(({answer}) => answer!))).to.be.closeTo(0.0025, 0.0001)
    expect(mean(splits.map(({judge}) => judge!))).to.be.closeTo(0.0009, 0.00003)
  })

  it('has the ratio it was made with, inside the interval over queries in most runs', () => {
    const simulation = new Simulation(22)
    const document = (centre: number) => Array.from({length: 4}, () => centre + 0.05 * simulation.normal())
    const query = () => Array.from({length: 10}, () => document(0.5 + 0.15 * simulation.normal()))
    const truth = 0.0025 / (0.0025 + 0.0225)
    const ratios = Array.from({length: 300}, (_, seed) =>
      varianceRatio(
        Array.from({length: 20}, () => query()),
        {seed, resamples: 300},
      ),
    )
    expect(mean(ratios.map(({estimate}) => estimate!))).to.be.closeTo(truth, 0.003)
    const covered = ratios.filter(({low, high}) => low! <= truth && truth <= high!).length
    expect(covered / ratios.length).to.be.within(0.89, 0.98)
  })
})
