import {expect} from 'chai'

import {stepBand} from '#src/sequences/change-band.js'
import {changePoints} from '#src/sequences/change-points.js'

import {shareOf, Simulation} from '../simulated.ts'

const series = (simulation: Simulation, levels: readonly number[]) =>
  levels.flatMap(level => Array.from({length: 20}, () => level + simulation.normal()))

describe('change points', () => {
  it('are found where the level changed, more than one of them', () => {
    const found = changePoints(series(new Simulation(41), [0, 3, -1]))
    expect(found.map(({at}) => at)).to.deep.equal([20, 40])
    for (const {p} of found) expect(p).to.equal(1 / 500)
  })

  it('are found where only the spread changed', () => {
    const simulation = new Simulation(42)
    const values = Array.from({length: 80}, (_, i) => (i < 40 ? 0.1 : 3) * simulation.normal())
    expect(changePoints(values).map(({at}) => at)[0]).to.be.within(36, 44)
  })

  it('are the same in a second search, and none among few values', () => {
    const values = series(new Simulation(43), [0, 1])
    expect(changePoints(values)).to.deep.equal(changePoints(values))
    expect(changePoints([1, 9, 9])).to.deep.equal([])
  })

  it('are found falsely no more often than alpha says, once looked at', () => {
    const simulation = new Simulation(44)
    const found = shareOf(
      200,
      () => changePoints(series(simulation, [0, 0]), {alpha: 0.05, permutations: 99}).length > 0,
    )
    expect(found).to.be.within(0.015, 0.095)
  })
})

describe('the band of a change', () => {
  it('holds the true day in nine of ten series', () => {
    const simulation = new Simulation(45)
    const held = shareOf(200, () => {
      const values = series(simulation, [0, 1.5])
      const at = changePoints(values, {permutations: 19, alpha: 0.06})[0]?.at ?? 20
      const {from, to} = stepBand(values, at, {resamples: 99})
      return from <= 20 && 20 <= to
    })
    expect(held).to.be.within(0.85, 0.99)
  })

  it('is wide for a small change and narrow for a large one', () => {
    const simulation = new Simulation(46)
    const small = stepBand(series(simulation, [0, 0.7]), 20)
    const large = stepBand(series(simulation, [0, 6]), 20)
    expect(large).to.deep.equal({from: 20, to: 20})
    expect(small.to - small.from).to.be.above(5)
  })
})
