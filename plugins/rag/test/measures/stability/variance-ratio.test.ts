import {expect} from 'chai'
import {uniformFloat64} from 'pure-rand/distribution/uniformFloat64'
import {mersenne} from 'pure-rand/generator/mersenne'

import {varianceRatio} from '#src/measures/stability/variance-ratio.js'

const SEED = {seed: 1, resamples: 500}

/** Two queries, two documents, three runs; every number below can be checked by hand. */
const HAND = [
  [
    [1, 2, 3],
    [5, 5, 5],
  ],
  [
    [0, 0, 3],
    [9, 9, 9],
  ],
]

function simulate(ratio: number, seed: number, {queries = 60, documents = 8, runs = 3} = {}): number[][][] {
  const random = mersenne(seed)
  const normal = () =>
    Math.sqrt(-2 * Math.log(1 - uniformFloat64(random))) * Math.cos(2 * Math.PI * uniformFloat64(random))
  return Array.from({length: queries}, () =>
    Array.from({length: documents}, () => {
      const score = Math.sqrt(1 - ratio) * normal()
      return Array.from({length: runs}, () => score + Math.sqrt(ratio) * normal())
    }),
  )
}

describe('varianceRatio', () => {
  it('is the share of the variance between runs, as defined', () => {
    // Between runs: (1 + 0 + 3 + 0) / 4 = 1. Means 2, 5 and 1, 9: variances 4.5 and 32, mean 18.25, minus 1 / 3.
    const result = varianceRatio(HAND, SEED)!
    expect(result.betweenRuns).to.be.closeTo(1, 1e-12)
    expect(result.betweenDocuments).to.be.closeTo(18.25 - 1 / 3, 1e-12)
    expect(result.ratio.estimate).to.be.closeTo(1 / (1 + 18.25 - 1 / 3), 1e-12)
    expect(result).to.include({runs: 3, queries: 2, pairs: 4, unmeasuredPairs: 0})
  })

  it('is 1 − ICC(1) of Shrout and Fleiss for one query', () => {
    // ICC(1) = (MSB − MSW) / (MSB + (R − 1) MSW); the query is given twice, because an interval needs two.
    const runs = [
      [9, 2, 5],
      [6, 1, 3],
      [8, 4, 6],
      [7, 1, 2],
    ]
    const means = runs.map(row => row.reduce((a, b) => a + b) / 3)
    const grand = means.reduce((a, b) => a + b) / 4
    const between = (3 * means.reduce((sum, mean) => sum + (mean - grand) ** 2, 0)) / 3
    const within = runs.reduce((sum, row, i) => sum + row.reduce((s, x) => s + (x - means[i]!) ** 2, 0), 0) / 8
    const icc = (between - within) / (between + 2 * within)
    const expected = icc < 0 ? 1 : 1 - icc
    expect(varianceRatio([runs, runs], SEED)!.ratio.estimate).to.be.closeTo(expected, 1e-12)
    const steady = [[9, 8.5, 9.5], ...runs.slice(1).map(row => row.map(x => x / 10))]
    expect(varianceRatio([steady, steady], SEED)!.ratio.estimate).to.be.within(0, 0.05)
  })

  it('is 0 when repeated runs agree to the last digit', () => {
    const repeated = [0.3, 0.9, 0.1].map(score => [score, score, score])
    // The mean of equal numbers need not be that number in floating point: it must not bring in a variance of its own.
    expect((0.1 + 0.1 + 0.1) / 3).not.to.equal(0.1)
    expect(varianceRatio([repeated, repeated], SEED)!.ratio).to.include({estimate: 0, low: 0, high: 0})
    const constant = [0.5, 0.5].map(score => [score, score, score])
    expect(varianceRatio([constant, constant], SEED)!.ratio.estimate).to.equal(0)
  })

  it('is 1 when documents differ no more than their runs do', () => {
    const noise = [
      [1, 2, 3],
      [3, 1, 2],
      [2, 3, 1],
    ]
    expect(varianceRatio([noise, noise], SEED)!.ratio.estimate).to.equal(1)
  })

  it('does not change when all scores are moved and stretched', () => {
    const scores = simulate(0.2, 3)
    const moved = scores.map(query => query.map(runs => runs.map(score => 5 + 100 * score)))
    const [before, after] = [varianceRatio(scores, SEED)!.ratio, varianceRatio(moved, SEED)!.ratio]
    expect(after.estimate).to.be.closeTo(before.estimate, 1e-9)
    expect(after.high).to.be.closeTo(before.high, 1e-9)
  })

  it('holds the planted ratio within its interval in about 95 of 100 simulations', () => {
    for (const [planted, least] of [
      [0.05, 90],
      [0.3, 90],
    ] as const) {
      let inside = 0
      for (let seed = 0; seed < 100; seed++) {
        const {low, high} = varianceRatio(simulate(planted, seed), {seed, resamples: 500})!.ratio
        if (low <= planted && planted <= high) inside++
      }
      expect(inside, `planted ${planted}`).to.be.within(least, 100)
    }
  })

  it('leaves out pairs with an unusable reply instead of scoring them', () => {
    const gaps = [
      [...HAND[0]!, [undefined, 4, 4]],
      [...HAND[1]!, [7, undefined, undefined]],
    ]
    const result = varianceRatio(gaps, SEED)!
    expect(result.ratio.estimate).to.equal(varianceRatio(HAND, SEED)!.ratio.estimate)
    expect(result).to.include({pairs: 4, unmeasuredPairs: 2})
  })

  it('is unmeasured when fewer than two queries are left', () => {
    expect(varianceRatio([HAND[0]!, [[undefined, 1, 1]]], SEED)).to.equal(undefined)
    expect(
      varianceRatio(
        [
          [
            [undefined, 1, 1],
            [1, 1, undefined],
          ],
        ],
        SEED,
      ),
    ).to.equal(undefined)
  })

  it('refuses fewer than three runs and pairs of different length', () => {
    expect(() => varianceRatio([[[1, 2]]], SEED)).to.throw(RangeError, 'at least 3')
    expect(() => varianceRatio([], SEED)).to.throw(RangeError, 'at least 3')
    expect(() =>
      varianceRatio(
        [
          [
            [1, 2, 3],
            [1, 2, 3, 4],
          ],
        ],
        SEED,
      ),
    ).to.throw(RangeError, 'equal numbers')
  })
})
