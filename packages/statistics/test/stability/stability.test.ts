import {expect} from 'chai'
import * as fc from 'fast-check'

import {rankBiasedOverlap} from '#src/stability/rank-biased-overlap.js'
import {jaccardAtK, pairwiseMean, topOneAgreement} from '#src/stability/top-agreement.js'

import {expectClose, referenceValues} from '../reference.ts'

const letters = (text: string) => Array.from(text)
const ranking = fc.uniqueArray(fc.constantFrom(...letters('абвгдежзик')), {maxLength: 10})

describe('rank-biased overlap', () => {
  it('gives the golden values of two rankings that swap neighbours', () => {
    expect(rankBiasedOverlap(letters('abcdefg'), letters('abdcegf'), 0.9)).to.be.closeTo(0.963159, 5e-7)
    expect(rankBiasedOverlap(letters('abcdefg'), letters('abdcegf'), 0.98)).to.be.closeTo(0.990584, 5e-7)
  })

  it('equals rbo_ext on 300 random pairs of unequal length', () => {
    interface Case {
      a: string[]
      b: string[]
      p: number
      rbo: number
    }
    for (const {a, b, p, rbo} of referenceValues<{cases: Case[]}>('stability').cases) {
      expectClose(rankBiasedOverlap(a, b, p), rbo)
    }
  })

  it('is 1 for the same ranking, 0 for disjoint ones, symmetric and bounded', () => {
    fc.assert(
      fc.property(ranking, ranking, (a, b) => {
        if (a.length > 0) expectClose(rankBiasedOverlap(a, a), 1)
        if (a.length > 0) expect(rankBiasedOverlap(a, ['x', 'y'])).to.equal(0)
        expectClose(rankBiasedOverlap(a, b), rankBiasedOverlap(b, a) ?? null)
        expect(rankBiasedOverlap(a, b) ?? 0).to.be.within(0, 1 + 1e-12)
      }),
    )
  })

  it('is 0 when one run returned nothing and unmeasured when both did', () => {
    expect(rankBiasedOverlap([], ['а'])).to.equal(0)
    expect(rankBiasedOverlap([], [])).to.equal(undefined)
  })

  it('refuses an item that stands twice and a p outside 0 … 1', () => {
    expect(() => rankBiasedOverlap(['а', 'а'], ['а'])).to.throw(RangeError, 'a has "а" twice')
    expect(() => rankBiasedOverlap(['а'], ['а'], 1)).to.throw(RangeError, /p is 1/)
  })
})

describe('agreement at the top', () => {
  it('is the Jaccard index of the first k', () => {
    expect(jaccardAtK(letters('абвг'), letters('бадж'), 3)).to.equal(2 / 4)
    expect(jaccardAtK(letters('аб'), letters('ба'), 10)).to.equal(1)
    expect(jaccardAtK([], [], 3)).to.equal(undefined)
    expect(() => jaccardAtK([], [], 0)).to.throw(RangeError, /k is 0/)
  })

  it('is 1 when both begin alike', () => {
    expect(topOneAgreement(['а', 'б'], ['а'])).to.equal(1)
    expect(topOneAgreement(['а'], [])).to.equal(0)
    expect(topOneAgreement([], [])).to.equal(undefined)
  })

  it('is averaged over all pairs of runs', () => {
    expectClose(pairwiseMean([['а'], ['а'], ['б']], topOneAgreement), 1 / 3)
    expect(pairwiseMean([['а']], topOneAgreement)).to.equal(undefined)
    expect(pairwiseMean([[], []], topOneAgreement)).to.equal(undefined)
  })

  it('is symmetric and bounded', () => {
    fc.assert(
      fc.property(ranking, ranking, fc.integer({min: 1, max: 12}), (a, b, k) => {
        expect(jaccardAtK(a, b, k)).to.equal(jaccardAtK(b, a, k))
        expect(jaccardAtK(a, b, k) ?? 0).to.be.within(0, 1)
      }),
    )
  })
})
