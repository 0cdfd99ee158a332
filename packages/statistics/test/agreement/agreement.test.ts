import {expect} from 'chai'
import * as fc from 'fast-check'

import {cohenKappa, weightedKappa} from '#src/agreement/cohen-kappa.js'
import {confusionTable} from '#src/agreement/confusion-table.js'
import {gwetAc1} from '#src/agreement/gwet-ac1.js'
import {krippendorffAlpha, nominalAlpha} from '#src/agreement/krippendorff-alpha.js'

import {expectClose, referenceValues} from '../reference.ts'

type Rating = number | null

interface AgreementValues {
  kappas: {first: number[]; second: number[]; kappa: Rating; linear: Rating; quadratic: Rating; table: number[][]}[]
  alphas: {ratings: Rating[][]; nominal: number; ordinal: number; interval: number; ratio: number}[]
  coefficients: {ratings: Rating[][]; ac1: number}[]
}

const SCALE = [1, 2, 3, 4, 5]
const LEVELS = ['nominal', 'ordinal', 'interval', 'ratio'] as const
const reference = referenceValues<AgreementValues>('agreement')
const withoutNulls = (ratings: Rating[][]) => ratings.map(unit => unit.map(rating => rating ?? undefined))
/** One row a rater, `*` where none, as the examples are printed; turned into one row a unit. */
const unitsOf = (...raters: string[]) => {
  const rows = raters.map(rater => rater.split(' ').map(rating => (rating === '*' ? undefined : Number(rating))))
  return rows[0]!.map((_, unit) => rows.map(row => row[unit]))
}

const quadraticKappa = (a: number[], b: number[]) => weightedKappa(confusionTable(a, b, SCALE), 'quadratic')

describe('kappa', () => {
  it('equals scikit-learn, plain, linear and quadratic, on 200 random pairs of raters', () => {
    for (const [i, {first, second, kappa, linear, quadratic, table}] of reference.kappas.entries()) {
      const confusion = confusionTable(first, second, SCALE)
      expect(confusion.counts).to.deep.equal(table)
      expectClose(cohenKappa(confusion), kappa, `kappa ${i}`)
      expectClose(weightedKappa(confusion, 'linear'), linear, `linear ${i}`)
      expectClose(weightedKappa(confusion, 'quadratic'), quadratic, `quadratic ${i}`)
    }
  })

  it('is low for skewed labels although raters nearly always agree, which AC1 is not', () => {
    const first = [...Array.from({length: 95}, () => 'pass'), 'fail', 'pass', 'fail', 'pass', 'fail']
    const second = [...Array.from({length: 95}, () => 'pass'), 'pass', 'fail', 'pass', 'fail', 'pass']
    expect(cohenKappa(confusionTable(first, second))).to.be.below(0)
    expect(gwetAc1(first.map((label, i) => [label, second[i]]))).to.be.above(0.9)
  })

  it('counts an unused step of the scale as a step', () => {
    const [first, second] = [
      [1, 1, 5, 5],
      [1, 5, 5, 5],
    ]
    const whole = confusionTable(first, second, SCALE)
    expect(whole.counts.map(row => row.length)).to.deep.equal([5, 5, 5, 5, 5])
    expect(confusionTable(first, second).labels).to.deep.equal([1, 5])
  })

  it('drops units that only one rated, and counts them', () => {
    const table = confusionTable([1, undefined, 2], [1, 2, undefined])
    expect(table).to.deep.equal({
      labels: [1, 2],
      counts: [
        [1, 0],
        [0, 0],
      ],
      measured: 1,
      unmeasured: 2,
    })
  })

  it('is unmeasured when both use one label only, or nothing was rated', () => {
    expect(cohenKappa(confusionTable([1, 1], [1, 1]))).to.equal(undefined)
    expect(cohenKappa(confusionTable<number>([], []))).to.equal(undefined)
  })

  it('is symmetric, at most 1, and 1 for equal raters', () => {
    const ratings = fc.array(fc.tuple(fc.constantFrom(...SCALE), fc.constantFrom(...SCALE)), {
      minLength: 2,
      maxLength: 30,
    })
    fc.assert(
      fc.property(ratings, pairs => {
        const [first, second] = [pairs.map(([a]) => a), pairs.map(([, b]) => b)]
        expectClose(quadraticKappa(first, second), quadraticKappa(second, first) ?? null)
        expect(quadraticKappa(first, second) ?? 0).to.be.at.most(1)
        if (new Set(first).size > 1) expect(quadraticKappa(first, first)).to.equal(1)
      }),
    )
  })

  it('refuses a rating outside the scale, NaN too', () => {
    expect(() => confusionTable([6], [1], SCALE)).to.throw(RangeError, 'first[0] is 6')
    expect(() => confusionTable([1], [NaN])).to.throw(RangeError, 'second[0] is NaN')
  })
})

describe("Krippendorff's alpha", () => {
  it('gives the golden values of its two documented examples', () => {
    const three = unitsOf(
      '* * * * * 3 4 1 2 1 1 3 3 * 3',
      '1 * 2 1 3 3 4 3 * * * * * * *',
      '* * 2 1 3 4 4 * 2 1 1 3 3 * 4',
    )
    expect(krippendorffAlpha(three, 'nominal')).to.be.closeTo(0.691358, 5e-7)
    expect(krippendorffAlpha(three, 'interval')).to.be.closeTo(0.810845, 5e-7)
    const four = unitsOf(
      '1 2 3 3 2 1 4 1 2 * * *',
      '1 2 3 3 2 2 4 1 2 5 * 3',
      '* 3 3 3 2 3 4 2 2 5 1 *',
      '1 2 3 3 2 4 4 1 2 5 1 *',
    )
    expect(krippendorffAlpha(four, 'ordinal')).to.be.closeTo(0.815, 5e-4)
    expect(krippendorffAlpha(four, 'ratio')).to.be.closeTo(0.797, 5e-4)
  })

  it('equals the krippendorff package at four levels on 200 random tables with missing ratings', () => {
    for (const [i, {ratings, ...values}] of reference.alphas.entries()) {
      for (const level of LEVELS)
        expectClose(krippendorffAlpha(withoutNulls(ratings), level), values[level], `${level} ${i}`)
    }
  })

  it('takes labels without order at the nominal level', () => {
    const ratings = [
      ['да', 'да'],
      ['нет', 'нет'],
      ['да', 'нет'],
    ]
    const numbers = ratings.map(unit => unit.map(label => (label === 'да' ? 1 : 2)))
    expect(nominalAlpha(ratings)).to.equal(krippendorffAlpha(numbers, 'nominal'))
  })

  it('does not depend on the order of units or raters', () => {
    const table = fc.array(
      fc.array(fc.option(fc.constantFrom(...SCALE), {nil: undefined}), {minLength: 3, maxLength: 3}),
      {maxLength: 12},
    )
    fc.assert(
      fc.property(table, fc.constantFrom(...LEVELS), (ratings, level) => {
        const alpha = krippendorffAlpha(ratings, level) ?? null
        expectClose(krippendorffAlpha(ratings.toReversed(), level), alpha)
        expectClose(
          krippendorffAlpha(
            ratings.map(unit => unit.toReversed()),
            level,
          ),
          alpha,
        )
      }),
    )
  })

  it('is unmeasured when all ratings are equal or none are paired', () => {
    expect(
      krippendorffAlpha(
        [
          [1, 1],
          [1, 1],
        ],
        'interval',
      ),
    ).to.equal(undefined)
    expect(
      krippendorffAlpha(
        [
          [1, undefined],
          [undefined, 2],
        ],
        'interval',
      ),
    ).to.equal(undefined)
    expect(krippendorffAlpha([], 'nominal')).to.equal(undefined)
  })

  it('refuses NaN', () => {
    expect(() => krippendorffAlpha([[1, NaN]], 'interval')).to.throw(RangeError, 'ratings[0] has NaN')
  })
})

describe("Gwet's AC1", () => {
  it('equals irrCAC on 200 random tables with missing ratings', () => {
    for (const [i, {ratings, ac1}] of reference.coefficients.entries()) {
      expectClose(gwetAc1(withoutNulls(ratings)), ac1, `case ${i}`)
    }
  })

  it('falls with the size of the scale when that is larger than what was used', () => {
    const ratings = [
      [1, 1],
      [1, 2],
      [2, 2],
    ]
    expect(gwetAc1(ratings, [1, 2, 3])).to.not.equal(gwetAc1(ratings))
  })

  it('is unmeasured without a unit rated twice or with one label', () => {
    expect(
      gwetAc1([
        [1, undefined],
        [2, undefined],
      ]),
    ).to.equal(undefined)
    expect(gwetAc1([[1, 1]])).to.equal(undefined)
  })
})
