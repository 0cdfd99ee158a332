import {expect} from 'chai'
import * as fc from 'fast-check'

import {mean, sampleVariance, standardDeviation} from '#src/inference/moments.js'
import {quantile} from '#src/inference/quantile.js'

import {expectClose, referenceValues} from '../reference.ts'

interface Values {
  quantiles: {values: number[]; p: number; quantile: number}[]
  means: {values: number[]; mean: number; sd: number}[]
}

describe('moments and quantiles', () => {
  const reference = referenceValues<Values>('inference')
  const scores = fc.array(fc.double({min: 0, max: 1, noNaN: true}), {minLength: 2, maxLength: 30})

  it('equals numpy for mean and standard deviation', () => {
    for (const {values, mean: centre, sd} of reference.means) {
      expectClose(mean(values), centre)
      expectClose(standardDeviation(values), sd)
    }
  })

  it('equals numpy.quantile, type 7', () => {
    for (const {values, p, quantile: expected} of reference.quantiles) expectClose(quantile(values, p), expected)
  })

  it('gives equal values exactly their value and no variance at all', () => {
    fc.assert(
      fc.property(fc.double({min: -1e6, max: 1e6, noNaN: true}), fc.integer({min: 2, max: 50}), (value, n) => {
        const values = Array.from({length: n}, () => value)
        expect(mean(values)).to.equal(value)
        expect(sampleVariance(values)).to.equal(0)
      }),
    )
  })

  it('does not depend on the order of the values', () => {
    fc.assert(
      fc.property(scores, values => {
        expectClose(mean(values), mean(values.toReversed()))
        expectClose(sampleVariance(values), sampleVariance(values.toReversed()))
        expect(quantile(values, 0.9)).to.equal(quantile(values.toReversed(), 0.9))
      }),
    )
  })

  it('has the smallest value at 0 and the largest at 1', () => {
    fc.assert(
      fc.property(scores, values => {
        expect([quantile(values, 0), quantile(values, 1)]).to.deep.equal([Math.min(...values), Math.max(...values)])
      }),
    )
  })

  it('refuses to average nothing, NaN in a quantile and a p outside 0 … 1', () => {
    expect(() => mean([])).to.throw(RangeError, /values is empty/)
    expect(() => sampleVariance([1])).to.throw(RangeError, /a variance needs two/)
    expect(() => quantile([1, NaN], 0.5)).to.throw(RangeError, /values\[1\] is NaN/)
    expect(() => quantile([1], 1.5)).to.throw(RangeError, /p is 1.5/)
  })
})
