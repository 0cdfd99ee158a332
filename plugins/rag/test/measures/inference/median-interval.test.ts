import {expect} from 'chai'
import {uniformFloat64} from 'pure-rand/distribution/uniformFloat64'
import {mersenne} from 'pure-rand/generator/mersenne'

import {medianInterval} from '#src/measures/inference/median-interval.js'

const upTo = (n: number): number[] => Array.from({length: n}, (_, i) => i + 1)

describe('medianInterval', () => {
  it('has the order statistics of the published tables', () => {
    // Conover, Practical Nonparametric Statistics, binomial table at p = ½ and two tails of 0.025.
    for (const [n, low, high] of [
      [6, 1, 6],
      [10, 2, 9],
      [20, 6, 15],
      [100, 40, 61],
    ] as const)
      expect(medianInterval(upTo(n)), `n = ${n}`).to.include({low, high})
  })

  it('takes the middle, whatever the order', () => {
    expect(medianInterval([9, 1, 5]).estimate).to.equal(5)
    expect(medianInterval([4, 1, 2, 9]).estimate).to.equal(3)
  })

  it('gives the extremes where no pair is wide enough', () => {
    expect(medianInterval([7])).to.deep.equal({estimate: 7, low: 7, high: 7})
    expect(medianInterval([3, 1, 2])).to.deep.equal({estimate: 2, low: 1, high: 3})
  })

  it('holds the true median of a skewed distribution at least as often as it says', () => {
    const random = mersenne(11)
    let held = 0
    for (let i = 0; i < 1000; i++) {
      const sample = Array.from({length: 25}, () => -Math.log(1 - uniformFloat64(random)))
      const {low, high} = medianInterval(sample)
      if (low <= Math.LN2 && Math.LN2 <= high) held++
    }
    expect(held).to.be.at.least(940)
  })

  it('works for thousands of values, where the binomial would underflow term by term', () => {
    const {low, high} = medianInterval(upTo(5000))
    expect(low).to.be.within(2425, 2435)
    expect(high).to.equal(5001 - low)
  })
})
