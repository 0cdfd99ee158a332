import {expect} from 'chai'
import * as fc from 'fast-check'

import {bootstrapMeans} from '#src/intervals/bootstrap.js'
import {bootstrapInterval, bootstrapMeanInterval, clusterBootstrapInterval} from '#src/intervals/bootstrap-interval.js'
import {clusterMeanInterval} from '#src/intervals/cluster-interval.js'
import type {Estimate} from '#src/intervals/interval.js'
import {clusterQuantileInterval} from '#src/intervals/cluster-quantile-interval.js'
import {meanInterval} from '#src/intervals/mean-interval.js'
import {mean} from '#src/inference/moments.js'
import {quantileInterval} from '#src/intervals/quantile-interval.js'
import {ratioInterval} from '#src/intervals/ratio-interval.js'
import {bcaBounds, percentileBounds} from '#src/intervals/replicate-bounds.js'

import {expectClose, referenceValues} from '../reference.ts'

interface Values {
  means: {values: number[]; low: number; high: number}[]
  bootstraps: {values: number[]; replicates: number[]; percentile: [number, number]; bca: [number, number]}[]
  order: {values: number[]; p: number; low: number | null; high: number | null}[]
}

const reference = referenceValues<Values>('inference')
const SCORES = [0.9, 0.85, 1, 0.7, 0.95, 0.8, 0.88, 0.92]

describe('interval of a mean', () => {
  it("equals scipy's Student-t interval", () => {
    for (const {values, low, high} of reference.means) {
      const interval = meanInterval(values)
      expectClose(interval.low, low)
      expectClose(interval.high, high)
    }
  })

  it('tells the standard error that its width rests on', () => {
    expectClose(meanInterval([1, 2, 3, 4]).standardError, Math.sqrt(5 / 3) / 2)
    expectClose(clusterMeanInterval([1, 2, 3, 4], ['а', 'б', 'в', 'г']).standardError, Math.sqrt(5 / 3) / 2)
    expect(meanInterval([1]).standardError).to.equal(undefined)
  })

  it('rests on measured values only and counts the others', () => {
    const {low, high, measured, unmeasured, estimate} = meanInterval([undefined, ...SCORES, undefined])
    expect({low, high, estimate}).to.deep.equal(pick(meanInterval(SCORES)))
    expect({measured, unmeasured}).to.deep.equal({measured: 8, unmeasured: 2})
  })

  it('has no bounds for one value and no estimate for none', () => {
    expect(pick(meanInterval([0.5]))).to.deep.equal({estimate: 0.5, low: undefined, high: undefined})
    expect(pick(meanInterval([undefined]))).to.deep.equal({estimate: undefined, low: undefined, high: undefined})
  })

  it('refuses NaN by name', () => {
    expect(() => meanInterval([1, NaN])).to.throw(RangeError, 'values[1] is NaN')
    expect(() => meanInterval(SCORES, 95)).to.throw(RangeError, /confidence is 95/)
  })
})

const firstOfBoth = (sample: readonly number[]) => (new Set(sample).size > 1 ? mean(sample) : undefined)

describe('bootstrap', () => {
  it("gives scipy's percentile and BCa bounds for the same replicates", () => {
    for (const {values, replicates, percentile, bca} of reference.bootstraps) {
      const sorted = Float64Array.from(replicates).sort()
      const jackknife = Float64Array.from(values, (_, left) => mean(values.toSpliced(left, 1)))
      expectBounds(percentileBounds(sorted, 0.95), percentile)
      expectBounds(bcaBounds(sorted, mean(values), jackknife, 0.95), bca)
    }
  })

  it('counts replicates that tie with the estimate half, so that ties alone are no bias', () => {
    const replicates = Float64Array.from([0, 1, 1 + 1e-16, 1, 2])
    const symmetric = Float64Array.from([0.5, 1, 1.5])
    const {low, high} = percentileBounds(replicates, 0.9)
    expectBounds(bcaBounds(replicates, 1, symmetric, 0.9), [low, high])
  })

  it('gives the same interval for the same seed and data, and says which', () => {
    const options = {seed: 7, resamples: 2000}
    expect(bootstrapMeanInterval(SCORES, options)).to.deep.equal(bootstrapMeanInterval(SCORES, options))
    expect(bootstrapMeanInterval(SCORES, options)).to.include({
      seed: 7,
      resamples: 2000,
      method: 'percentile',
      measured: 8,
    })
    expect(bootstrapMeanInterval(SCORES, {seed: 8}).resamples).to.equal(10_000)
  })

  it('draws means that vary as the theory says', () => {
    const replicates = bootstrapMeans(Float64Array.from(SCORES), {seed: 3, resamples: 20_000})
    const centre = mean(SCORES)
    const spread = mean(SCORES.map(score => (score - centre) ** 2)) / SCORES.length
    const found = mean(replicates)
    expect(found).to.be.closeTo(centre, 0.001)
    expect(mean(replicates.map(value => (value - found) ** 2))).to.be.closeTo(spread, spread * 0.05)
  })

  it('has no width when all values are equal', () => {
    for (const method of ['percentile', 'bca'] as const) {
      const interval = bootstrapMeanInterval([0.1, 0.1, 0.1], {seed: 1, resamples: 100, method})
      expect(pick(interval)).to.deep.equal({estimate: 0.1, low: 0.1, high: 0.1})
    }
  })

  it('gives no bounds for fewer than two values', () => {
    expect(pick(bootstrapMeanInterval([0.5, undefined], {seed: 1}))).to.deep.equal({
      estimate: 0.5,
      low: undefined,
      high: undefined,
    })
    expect(pick(bootstrapMeanInterval([], {seed: 1})).estimate).to.equal(undefined)
  })

  it('leaves out and counts resamples without a value', () => {
    const interval = bootstrapInterval([0, 1], firstOfBoth, {seed: 1, resamples: 1000})
    expect(interval.undefinedResamples).to.be.within(400, 600)
    expect(pick(interval)).to.deep.equal({estimate: 0.5, low: 0.5, high: 0.5})
  })

  it('moves with the values for a mean by BCa', () => {
    const shifted = bootstrapMeanInterval(
      SCORES.map(score => score + 1),
      {seed: 5, method: 'bca'},
    )
    const plain = bootstrapMeanInterval(SCORES, {seed: 5, method: 'bca'})
    expectClose(shifted.low, plain.low! + 1)
    expectClose(shifted.high, plain.high! + 1)
  })

  it('gives a general statistic the bounds that the fast mean has', () => {
    const options = {seed: 11, resamples: 1000, method: 'bca'} as const
    const [general, fast] = [bootstrapInterval(SCORES, mean, options), bootstrapMeanInterval(SCORES, options)]
    expectClose(general.low, fast.low!)
    expectClose(general.high, fast.high!)
  })
})

describe('interval of a mean of clusters', () => {
  const clusters = SCORES.map((_, i) => ['а', 'б', 'в'][i % 3]!)

  it('is the Student-t interval of the cluster means when clusters are equally large', () => {
    const values = [1, 3, 2, 4, 6, 8]
    const interval = clusterMeanInterval(values, ['а', 'а', 'б', 'б', 'в', 'в'])
    const ofMeans = meanInterval([2, 3, 7])
    for (const side of ['estimate', 'low', 'high'] as const) expectClose(interval[side], ofMeans[side]!)
    expect(interval).to.include({clusters: 3, measured: 6, method: 'cluster-t'})
  })

  it('is as wide as the jackknife over clusters done by brute force says', () => {
    const {estimate, low, high} = clusterMeanInterval(SCORES, clusters)
    const without = (name: string) => mean(SCORES.filter((_, i) => clusters[i] !== name))
    const squares = ['а', 'б', 'в'].map(name => (without(name) - estimate!) ** 2)
    const standardError = Math.sqrt(((3 - 1) / 3) * squares.reduce((sum, square) => sum + square, 0))
    // t at 0.975 for 1.880… degrees of freedom that sizes 3, 3 and 2 leave; 4.303 would be for two.
    expect((high! - low!) / 2 / standardError).to.be.closeTo(4.575789503696, 1e-9)
  })

  it('is the plain interval when every sample is a cluster of its own', () => {
    const own = SCORES.map((_, i) => String(i))
    const [alone, plain] = [clusterMeanInterval(SCORES, own), meanInterval(SCORES)]
    expectClose(alone.low, plain.low!)
    expectClose(alone.high, plain.high!)
  })

  it('has no bounds with one cluster', () => {
    expect(pick(clusterMeanInterval([1, 2], ['а', 'а']))).to.deep.equal({
      estimate: 1.5,
      low: undefined,
      high: undefined,
    })
    expect(pick(clusterBootstrapInterval([1, 2], ['а', 'а'], {seed: 1})).low).to.equal(undefined)
  })

  it('skips unmeasured values with their clusters', () => {
    const values = [...SCORES, undefined]
    expect(clusterMeanInterval(values, [...clusters, 'г'])).to.deep.equal({
      ...clusterMeanInterval(SCORES, clusters),
      unmeasured: 1,
    })
  })

  it('draws whole clusters in the bootstrap', () => {
    const interval = clusterBootstrapInterval([0, 0, 0, 1, 1, 1], ['а', 'а', 'а', 'б', 'б', 'б'], {seed: 2})
    expect(interval).to.include({
      estimate: 0.5,
      low: 0,
      high: 1,
      clusters: 2,
      measured: 6,
      method: 'cluster-percentile',
    })
  })

  it('refuses clusters that do not belong to the values', () => {
    expect(() => clusterMeanInterval([1, 2], ['а'])).to.throw(RangeError, /values and clusters/)
  })
})

describe('interval of a ratio', () => {
  it('is the geometric mean, however the pairs are turned', () => {
    const [before, after] = [
      [100, 50, 80, undefined],
      [200, 25, 160, 90],
    ]
    const [there, back] = [ratioInterval(before, after), ratioInterval(after, before)]
    expectClose(there.estimate, (2 * 0.5 * 2) ** (1 / 3))
    expectClose(back.estimate, 1 / there.estimate!)
    expectClose(back.low, 1 / there.high!)
    expect(there).to.include({measured: 3, unmeasured: 1})
  })

  it('has no bounds for one pair and refuses what is not positive', () => {
    expect(pick(ratioInterval([3], [3]))).to.deep.equal({estimate: 1, low: undefined, high: undefined})
    expect(() => ratioInterval([0], [3])).to.throw(RangeError, 'before has 0: a ratio needs positive values')
  })
})

describe('interval of a quantile', () => {
  it("equals scipy's order statistics, open sides included", () => {
    for (const {values, p, low, high} of reference.order) {
      const interval = quantileInterval(values, p)
      expectClose(interval.low, low, 'low')
      expectClose(interval.high, high, 'high')
    }
  })

  it('does not bound the 99th percentile of 150 latencies from above', () => {
    const latencies = Array.from({length: 150}, (_, i) => 60 + i)
    const {low, high, estimate} = quantileInterval(latencies, 0.99)
    expect(high).to.equal(undefined)
    expect(low).to.be.below(estimate!)
  })

  it('holds its estimate', () => {
    const values = fc.array(fc.double({min: 0, max: 1000, noNaN: true}), {minLength: 1, maxLength: 80})
    fc.assert(
      fc.property(values, fc.constantFrom(0.5, 0.9), (latencies, p) => {
        const {low, estimate, high} = quantileInterval(latencies, p)
        expect(estimate).to.be.within(low ?? -Infinity, high ?? Infinity)
      }),
    )
  })

  it('measures nothing from nothing', () => {
    expect(pick(quantileInterval([undefined], 0.5))).to.deep.equal({
      estimate: undefined,
      low: undefined,
      high: undefined,
    })
  })
})

function pick({estimate, low, high}: Estimate) {
  return {estimate, low, high}
}

function expectBounds({low, high}: {low: number; high: number}, [expectedLow, expectedHigh]: [number, number]): void {
  expectClose(low, expectedLow, 'low')
  expectClose(high, expectedHigh, 'high')
}

describe('interval of a quantile of clustered samples', () => {
  const values = Array.from({length: 40}, (_, i) => i)

  it('has the estimate of the plain one, and widens as clusters differ', () => {
    const mixed = clusterQuantileInterval(
      values,
      values.map(value => `${value % 4}`),
      0.5,
    )
    const apart = clusterQuantileInterval(
      values,
      values.map(value => `${Math.floor(value / 10)}`),
      0.5,
    )
    expect([mixed.estimate, apart.estimate]).to.deep.equal([19.5, 19.5])
    expect([mixed.low, mixed.high]).to.deep.equal([5, 34])
    expect([apart.low, apart.high]).to.deep.equal([2, 37])
    expect(mixed).to.include({method: 'francisco-fuller', clusters: 4, measured: 40})
  })

  it('takes no value for an end that too few clusters cannot give, equal or not', () => {
    for (const few of [
      [0.91, 0.95, 0.93, 0.97],
      [0.9, 0.9, 0.9, 0.9],
    ]) {
      expect(clusterQuantileInterval(few, ['a', 'a', 'b', 'b'], 0.1).low).to.equal(undefined)
      expect(clusterQuantileInterval(few, ['a', 'a', 'b', 'b'], 0.9).high).to.equal(undefined)
    }
    const equal = (clusters: number) =>
      clusterQuantileInterval(
        Array.from({length: 30 * clusters}, () => 0.9),
        Array.from({length: 30 * clusters}, (_, i) => `${i % clusters}`),
        0.1,
      ).low
    expect([equal(12), equal(14)]).to.deep.equal([undefined, 0.9])
  })

  it('is nearly that of independent values where each is a cluster of its own', () => {
    const many = Array.from({length: 200}, (_, i) => (i * 77) % 200)
    for (const p of [0.1, 0.5, 0.9]) {
      const alone = quantileInterval(many, p)
      const clustered = clusterQuantileInterval(
        many,
        many.map(value => `${value}`),
        p,
      )
      expect(clustered.low).to.be.within(alone.low! - 3, alone.low! + 1)
      expect(clustered.high).to.be.within(alone.high! - 1, alone.high! + 3)
    }
  })

  it('has no bounds for one cluster or none', () => {
    expect(clusterQuantileInterval([1, 2], ['a', 'a'], 0.5)).to.deep.include({
      estimate: 1.5,
      low: undefined,
      high: undefined,
    })
    expect(clusterQuantileInterval([undefined], ['a'], 0.5)).to.deep.include({estimate: undefined, unmeasured: 1})
  })
})
