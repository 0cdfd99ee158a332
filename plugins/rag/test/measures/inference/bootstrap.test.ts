import {expect} from 'chai'
import {uniformFloat64} from 'pure-rand/distribution/uniformFloat64'
import {mersenne} from 'pure-rand/generator/mersenne'

import {bootstrapInterval, meanInterval} from '#src/measures/inference/bootstrap.js'
import {expandedTail} from '#src/measures/inference/expanded-tail.js'

describe('meanInterval', () => {
  it('surrounds the mean and says how it was made', () => {
    const interval = meanInterval([1, 2, 3, 4, 5], {seed: 3})
    expect(interval).to.include({estimate: 3, units: 5, seed: 3, resamples: 10_000, confidence: 0.95})
    expect(interval.low).to.be.within(1, 3)
    expect(interval.high).to.be.within(3, 5)
  })

  it('gives the same interval for the same seed and another one for another seed', () => {
    const values = Array.from({length: 30}, (_, i) => Math.sin(i))
    expect(meanInterval(values, {seed: 1})).to.deep.equal(meanInterval(values, {seed: 1}))
    expect(meanInterval(values, {seed: 1}).low).not.to.equal(meanInterval(values, {seed: 2}).low)
  })

  it('is as wide as the interval of Student for 20 normal-looking values', () => {
    const values = Array.from({length: 20}, (_, i) => i)
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - 9.5) ** 2, 0) / 19)
    const {low, high} = meanInterval(values, {seed: 1, resamples: 50_000})
    expect((high - low) / (2 * 2.093 * (deviation / Math.sqrt(20)))).to.be.closeTo(1, 0.03)
  })

  it('is a point where nothing varies', () => {
    expect(meanInterval([2, 2, 2], {seed: 1})).to.include({low: 2, high: 2})
  })

  it('covers the true mean in about 95 of 100 samples', () => {
    const random = mersenne(5)
    let covered = 0
    for (let sample = 0; sample < 300; sample++) {
      const {low, high} = meanInterval(
        Array.from({length: 25}, () => uniformFloat64(random)),
        {seed: sample, resamples: 1000},
      )
      if (low <= 0.5 && 0.5 <= high) covered++
    }
    expect(covered).to.be.within(0.92 * 300, 0.985 * 300)
  })

  it('refuses what has no interval', () => {
    expect(() => meanInterval([1], {seed: 1})).to.throw(RangeError, 'at least two')
    expect(() => meanInterval([1, 2], {seed: 1, resamples: 0})).to.throw(RangeError, 'resamples')
    expect(() => meanInterval([1, 2], {seed: 1, confidence: 1})).to.throw(RangeError, 'confidence')
  })
})

describe('bootstrapInterval', () => {
  it('draws as many units as there are, with repetition', () => {
    const sizes = new Set<number>()
    let repeated = 0
    bootstrapInterval(
      10,
      drawn => {
        sizes.add(drawn.length)
        if (new Set(drawn).size < 10) repeated++
        return 0
      },
      {seed: 1, resamples: 100},
    )
    expect([...sizes]).to.deep.equal([10])
    expect(repeated).to.be.greaterThan(90)
  })
})

describe('expandedTail', () => {
  it('agrees with scipy: norm.sf(sqrt(n / (n - 1)) * t.ppf(0.975, n - 1))', () => {
    const expected = [
      [5, 0.00095],
      [10, 0.00855],
      [20, 0.01588],
      [50, 0.02118],
      [101, 0.02308],
      [1000, 0.0248],
      [10_001, 0.02498],
    ] as const
    for (const [units, tail] of expected)
      expect(expandedTail(units, 0.95), String(units)).to.be.closeTo(tail, 0.000_006)
  })
})
