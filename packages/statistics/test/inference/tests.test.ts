import {expect} from 'chai'
import * as fc from 'fast-check'

import {changeShares, cliffsDelta} from '#src/inference/effect-size.js'
import {clusterMeanTest} from '#src/inference/cluster-test.js'
import {clusterMeanInterval} from '#src/intervals/cluster-interval.js'
import {holmAdjust} from '#src/inference/holm.js'
import {mcNemarP, outcomeFlips} from '#src/inference/mcnemar.js'
import {pairMeasured} from '#src/inference/pairs.js'
import {signFlipTest} from '#src/inference/permutation-test.js'
import {minimumDetectableEffect, samplesNeeded, timesAsMuch} from '#src/inference/sample-size.js'

import {expectClose, referenceValues} from '../reference.ts'

interface Values {
  permutations: {differences: number[]; p: number}[]
  holm: {p: number[]; adjusted: number[]}[]
  flips: {improved: number; worsened: number; p: number}[]
  deltas: {xs: number[]; ys: number[]; delta: number}[]
}

const reference = referenceValues<Values>('inference')
const differences = fc.array(fc.double({min: -1, max: 1, noNaN: true}), {minLength: 1, maxLength: 12})

describe('sign-flip permutation test', () => {
  it("equals scipy's exact permutation test of paired samples, ties included", () => {
    for (const [i, {differences, p}] of reference.permutations.entries()) {
      const test = signFlipTest(differences, {seed: 1})
      expectClose(test.p, p, `case ${i}`)
      expect(test.exact).to.equal(true)
    }
  })

  it('counts its own arrangement in when it samples: p is never 0', () => {
    const test = signFlipTest(
      Array.from({length: 40}, () => 1),
      {seed: 1, permutations: 999},
    )
    expect(test).to.deep.equal({p: 1 / 1000, exact: false, permutations: 999, smallestP: 1 / 1000})
  })

  it('comes near the exact p when it samples', () => {
    const values = [0.3, -0.1, 0.4, 0.2, -0.3, 0.5, 0.1, -0.2, 0.35, 0.15]
    const exact = signFlipTest(values, {seed: 1}).p
    const sampled = signFlipTest(values, {seed: 1, permutations: 1000})
    expect(sampled.exact).to.equal(false)
    expect(sampled.p).to.be.closeTo(exact, 0.03)
  })

  it('takes sums that differ in their last bits only for equal', () => {
    // All eight patterns of ±0.1 ±0.2 ±0.3 with |sum| ≥ 0.6 − tiny: two of them.
    expect(signFlipTest([0.1, 0.2, 0.3], {seed: 1}).p).to.equal(2 / 8)
    expect(signFlipTest([0.3, 0.1, 0.2], {seed: 1}).p).to.equal(2 / 8)
    expect(signFlipTest([0.1, -0.1, 0.1], {seed: 1}).p).to.equal(1)
  })

  it('sees no difference when nothing changed', () => {
    expect(signFlipTest([0, 0, 0], {seed: 1})).to.deep.equal({p: 1, exact: true, permutations: 1, smallestP: 1})
    expect(signFlipTest([], {seed: 1}).p).to.equal(1)
  })

  it('flips clusters as wholes and says how small p can get', () => {
    const values = Array.from({length: 30}, () => 0.5)
    const clusters = values.map((_, i) => `канал ${i % 5}`)
    const test = signFlipTest(values, {seed: 1, clusters})
    expect(test).to.deep.equal({p: 2 / 32, exact: true, permutations: 32, smallestP: 2 / 32})
  })

  it('does not depend on the order, the sign or the unit of the differences', () => {
    fc.assert(
      fc.property(differences, values => {
        const {p} = signFlipTest(values, {seed: 1})
        expect(p).to.be.within(0, 1)
        expectClose(signFlipTest(values.toReversed(), {seed: 1}).p, p)
        expectClose(
          signFlipTest(
            values.map(value => -value),
            {seed: 1},
          ).p,
          p,
        )
        expectClose(
          signFlipTest(
            values.map(value => 8 * value),
            {seed: 1},
          ).p,
          p,
        )
      }),
    )
  })

  it('samples the same signs in whatever order the differences stand, of either run and of clusters', () => {
    const values = Array.from({length: 60}, (_, i) => Math.round(100 * Math.sin(i ** 2) + 25) / 1000)
    const clusters = values.map((_, i) => `c${i % 20}`)
    const p = (own: readonly number[], names?: readonly string[]) =>
      signFlipTest(own, {seed: 1, permutations: 9999, ...(names && {clusters: names})}).p
    const halves = values.map((_, i) => values[(i * 7) % values.length] ?? 0)
    for (const moved of [values.toReversed(), halves, values.map(value => -value)]) expect(p(moved)).to.equal(p(values))
    expect(p(values.toReversed(), clusters.toReversed())).to.equal(p(values, clusters))
  })

  it('refuses NaN by name', () => {
    expect(() => signFlipTest([1, NaN], {seed: 1})).to.throw(RangeError, 'differences[1] is NaN')
    expect(() => signFlipTest([1], {seed: 1, clusters: []})).to.throw(RangeError, /differences and clusters/)
  })
})

describe('test of a mean over clusters', () => {
  const clusters = ['a', 'a', 'b', 'b', 'c', 'c', 'd', 'd']
  const differences = [0, 2, 1, 3, 2, 4, 3, 5]

  it('is the one-sample t test of the cluster means where clusters are equally large', () => {
    // scipy.stats.ttest_1samp([1, 2, 3, 4], 0): t = 3.872983346207417 with 3 degrees of freedom
    const {p, clusters: count, minimumDetectableEffect} = clusterMeanTest(differences, clusters)
    expect(p).to.be.closeTo(0.030466291662170977, 1e-12)
    expect(count).to.equal(4)
    // (t₀.₉₇₅ + t₀.₈) · se with 3 degrees of freedom and se = 0.6454972
    expect(minimumDetectableEffect).to.be.closeTo((3.182446305 + 0.978472312) * 0.645497224, 1e-8)
  })

  it('agrees with the interval: p is 0.05 where its end is zero', () => {
    const {low = 0} = clusterMeanInterval(differences, clusters)
    const moved = differences.map(difference => difference - low)
    expect(clusterMeanTest(moved, clusters).p).to.be.closeTo(0.05, 1e-9)
  })

  it('says nothing of a single cluster, and everything of differences without spread', () => {
    expect(clusterMeanTest([1, 2], ['a', 'a'])).to.deep.include({p: undefined, minimumDetectableEffect: undefined})
    expect(clusterMeanTest([1, 1], ['a', 'b']).p).to.equal(0)
    expect(clusterMeanTest([0, 0], ['a', 'b']).p).to.equal(1)
    expect(clusterMeanTest([], []).p).to.equal(undefined)
  })
})

describe('pairs', () => {
  it('drops and counts samples that either run did not measure', () => {
    const pairs = pairMeasured([1, undefined, 3, 4], [2, 2, undefined, 3.5])
    expect(pairs).to.deep.equal({
      before: [1, 4],
      after: [2, 3.5],
      differences: [1, -0.5],
      positions: [0, 3],
      pairs: 2,
      dropped: 2,
    })
  })

  it('refuses NaN by name', () => {
    expect(() => pairMeasured([1], [NaN])).to.throw(RangeError, 'after[0] is NaN')
    expect(() => pairMeasured([1], [])).to.throw(RangeError, /before and after/)
  })
})

describe("Holm's adjustment", () => {
  it('equals statsmodels', () => {
    for (const {p, adjusted} of reference.holm) {
      for (const [i, value] of holmAdjust(p).entries()) expectClose(value, adjusted[i]!)
    }
  })

  it('never lowers a p and keeps their order', () => {
    fc.assert(
      fc.property(fc.array(fc.double({min: 0, max: 1, noNaN: true}), {maxLength: 8}), p => {
        const adjusted = holmAdjust(p)
        for (const [i, value] of adjusted.entries()) {
          expect(value).to.be.within(p[i]!, 1)
          for (const [j, other] of p.entries()) if (other < p[i]!) expect(adjusted[j]).to.be.at.most(value)
        }
      }),
    )
  })

  it('refuses what is no p value', () => {
    expect(() => holmAdjust([0.1, NaN])).to.throw(RangeError, 'pValues[1] is NaN')
  })
})

describe('McNemar', () => {
  it('equals statsmodels, exact', () => {
    for (const {improved, worsened, p} of reference.flips) expectClose(mcNemarP({improved, worsened}), p)
  })

  it('finds nothing when nothing flipped', () => {
    expect(mcNemarP({improved: 0, worsened: 0})).to.equal(1)
  })

  it('counts flips and drops what has no outcome', () => {
    const flips = outcomeFlips([false, true, true, undefined, false], [true, false, true, true, undefined])
    expect(flips).to.deep.equal({improved: 1, worsened: 1, unchanged: 1, dropped: 2})
  })
})

describe('effect sizes', () => {
  it("gives Cliff's delta as scipy's Mann–Whitney U does", () => {
    for (const {xs, ys, delta} of reference.deltas) expectClose(cliffsDelta(xs, ys), delta)
  })

  it('turns its sign with the groups', () => {
    fc.assert(
      fc.property(differences, differences, (xs, ys) => expectClose(cliffsDelta(xs, ys) + cliffsDelta(ys, xs), 0)),
    )
  })

  it('shares pairs out among improved, worsened and unchanged', () => {
    expect(changeShares([0.2, -0.1, 0, 0.01], 0.05)).to.deep.equal({improved: 0.25, worsened: 0.25, unchanged: 0.5})
    expect(() => changeShares([])).to.throw(RangeError, /differences is empty/)
    expect(() => cliffsDelta([NaN], [1])).to.throw(RangeError, /xs\[0\] is NaN/)
  })
})

describe('sample sizes', () => {
  it('asks for four times the data to find half the effect, and for none to find a larger one', () => {
    expect(timesAsMuch(0.04, 0.02)).to.equal(4)
    expect(timesAsMuch(0.01, 0.02)).to.equal(1)
    expect(timesAsMuch(0.01, 0)).to.equal(Infinity)
  })

  it('detects 2.8 standard errors', () => {
    expectClose(minimumDetectableEffect([1, 2, 3, 4]), (2.8 * Math.sqrt(5 / 3)) / 2)
    expect(minimumDetectableEffect([1])).to.equal(undefined)
  })

  it('asks for as many samples more as bring the distance to 2.8 standard errors', () => {
    // sd 0.1, distance 0.02: (1.95996 + 0.84162)² · 25 = 196.2, so 197 in all.
    expect(samplesNeeded({measured: 150, standardError: 0.1 / Math.sqrt(150), distance: 0.02})).to.equal(47)
    expect(samplesNeeded({measured: 150, standardError: 0.1 / Math.sqrt(150), distance: -0.02})).to.equal(47)
  })

  it('asks for none when there is no spread or enough was measured, and has no answer on the threshold', () => {
    expect(samplesNeeded({measured: 30, standardError: 0, distance: 0.1})).to.equal(0)
    expect(samplesNeeded({measured: 30, standardError: 0.001, distance: 0.1})).to.equal(0)
    expect(samplesNeeded({measured: 30, standardError: 0.01, distance: 0})).to.equal(undefined)
  })

  it('refuses a distance that was not measured', () => {
    expect(() => samplesNeeded({measured: 30, standardError: 0.01, distance: NaN})).to.throw(
      RangeError,
      /distance is NaN/,
    )
  })
})
