import {expect} from 'chai'

import {mean} from '#src/inference/moments.js'
import {varianceShares} from '#src/variance/variance-shares.js'
import {varianceSplit} from '#src/variance/variance-split.js'

import {Simulation} from '../simulated.ts'

const OPTIONS = {seed: 1, resamples: 300}

/** Items of three answers, judged twice, with these standard deviations. */
function scores(
  simulation: Simulation,
  items: number,
  [item, answer, judge]: readonly [number, number, number],
): number[][][] {
  const judgements = (centre: number) => Array.from({length: 2}, () => centre + judge * simulation.normal())
  const answers = (centre: number) => Array.from({length: 3}, () => judgements(centre + answer * simulation.normal()))
  return Array.from({length: items}, () => answers(0.7 + item * simulation.normal()))
}

describe('shares of the variance', () => {
  it('are those of the components of the split, and add up to one', () => {
    const drawn = scores(new Simulation(31), 40, [0.1, 0.05, 0.03])
    const {item = 0, answer = 0, judge = 0} = varianceSplit(drawn)
    const shares = varianceShares(drawn, OPTIONS)
    const total = item + answer + judge
    expect(shares.item.estimate).to.be.closeTo(item / total, 1e-12)
    expect(shares.judge.estimate).to.be.closeTo(judge / total, 1e-12)
    expect((shares.item.estimate ?? 0) + (shares.answer.estimate ?? 0) + (shares.judge.estimate ?? 0)).to.be.closeTo(
      1,
      1e-12,
    )
  })

  it('lie in their intervals in most simulated runs', () => {
    const simulation = new Simulation(32)
    const truth = {item: 0.01 / 0.0134, answer: 0.0025 / 0.0134, judge: 0.0009 / 0.0134}
    const runs = Array.from({length: 300}, (_, seed) =>
      varianceShares(scores(simulation, 60, [0.1, 0.05, 0.03]), {seed, resamples: 300}),
    )
    for (const part of ['item', 'answer', 'judge'] as const) {
      const covered = runs.filter(run => run[part].low! <= truth[part] && truth[part] <= run[part].high!)
      expect(covered.length / runs.length, part).to.be.within(0.88, 0.98)
      expect(mean(runs.map(run => run[part].estimate!)), part).to.be.closeTo(truth[part], 0.015)
    }
  })

  it('claim nothing that was not repeated, and nothing where nothing varies', () => {
    const judgedTwice = scores(new Simulation(33), 20, [0.1, 0, 0.03]).map(answers => answers.slice(0, 1))
    expect(varianceShares(judgedTwice, OPTIONS).answer).to.deep.equal({
      estimate: undefined,
      low: undefined,
      high: undefined,
    })
    expect(varianceShares([[[0.5, 0.5]], [[0.5, 0.5]]], OPTIONS).item.estimate).to.equal(undefined)
    expect(varianceShares([[[0.5, 0.6]]], OPTIONS).judge).to.include({low: undefined})
    expect(varianceShares([], OPTIONS).item.estimate).to.equal(undefined)
  })

  it('come out the same for the same data and seed, and are resampled less often for many items', () => {
    const drawn = scores(new Simulation(34), 20, [0.1, 0.05, 0.03])
    expect(varianceShares(drawn, OPTIONS)).to.deep.equal(varianceShares(drawn, OPTIONS))
    expect(varianceShares(drawn, {seed: 1}).resamples).to.equal(10_000)
    const many = Array.from({length: 12_000}, (_, i) => [[(i % 10) / 10, (i % 9) / 10]])
    expect(varianceShares(many, {seed: 1}).resamples).to.equal(1000)
  })
})
