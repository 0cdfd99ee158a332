import {expect} from 'chai'
import * as fc from 'fast-check'

import {mean, standardDeviation} from '#src/inference/moments.js'
import {innovations, lagOneCorrelation} from '#src/sequences/autoregression.js'
import {ChangeDetector} from '#src/sequences/change-detector.js'
import {sequenceHalfWidth} from '#src/sequences/confidence-sequence.js'
import {adjustedValue, fitCovariate} from '#src/sequences/covariate-adjustment.js'
import {bestEnergySplit, Distances} from '#src/sequences/energy-split.js'
import {RankedSequence, rankLikelihoodRatios} from '#src/sequences/sequential-ranks.js'

import {expectClose, referenceValues} from '../reference.ts'
import {shareOf, Simulation} from '../simulated.ts'

interface References {
  detectors: {baseline: number[]; values: number[]; shift: number; evidence: number[]}[]
  correlations: {days: number[]; r: number}[]
  adjustments: {groups: string[]; covariates: number[]; values: number[]; slope: number; residuals: number[]}[]
  splits: {values: number[]; least: number; statistic: number; at: number; to: number}[]
}

const reference = referenceValues<References>('sequences')
const finite = fc.double({noNaN: true, min: -1e6, max: 1e6})

describe('sequential ranks', () => {
  it('have a likelihood ratio whose mean over the ranks is exactly 1, for any shift', () => {
    fc.assert(
      fc.property(fc.integer({min: 1, max: 60}), fc.double({noNaN: true, min: -2, max: 2}), (of, shift) => {
        const ratios = Array.from(
          {length: of},
          (_, i) => rankLikelihoodRatios({lowest: i + 1, highest: i + 1, of}, [shift])[0]!,
        )
        expect(mean(ratios)).to.be.closeTo(1, 1e-9)
      }),
    )
  })

  it('do not depend on the scale of the values', () => {
    fc.assert(
      fc.property(fc.array(finite, {minLength: 1, maxLength: 20}), values => {
        const [plain, scaled] = [new RankedSequence(), new RankedSequence()]
        for (const value of values) expect(plain.add(value)).to.deep.equal(scaled.add(2 * value))
      }),
    )
  })

  it('refuse what was not measured', () =>
    expect(() => new RankedSequence([1]).add(Number.NaN)).to.throw(RangeError, 'value is NaN'))
})

describe('the change detector', () => {
  it('gives the evidence of the reference on 60 sequences with ties', () => {
    for (const {baseline, values, shift, evidence} of reference.detectors) {
      const direction = shift < 0 ? 'drop' : 'rise'
      const detector = new ChangeDetector(baseline, {direction, shifts: [Math.abs(shift)]})
      for (const [i, value] of values.entries()) expectClose(detector.add(value), evidence[i]!, `step ${i}`)
    }
  })

  it('averages over the sizes of shift', () => {
    const [baseline, values] = [
      [3, 1, 4, 1.5, 9],
      [2, 6, 5, 3.5],
    ]
    const evidence = (shifts: number[]) => {
      const detector = new ChangeDetector(baseline, {direction: 'rise', shifts})
      return values.map(value => detector.add(value)).at(-1)!
    }
    expect(evidence([0.5, 1])).to.be.closeTo((evidence([0.5]) + evidence([1])) / 2, 1e-12)
  })

  it('learns nothing from days that are all alike', () => {
    const detector = new ChangeDetector(Array(28).fill(1), {direction: 'drop'})
    for (let day = 0; day < 1000; day++) detector.add(1)
    expect(detector.evidence).to.equal(0)
  })

  it('has evidence of n days on average after n days in which nothing changed', () => {
    const simulation = new Simulation(31)
    const evidence = Array.from({length: 4000}, () => {
      const detector = new ChangeDetector(
        Array.from({length: 28}, () => simulation.normal() ** 3),
        // Larger shifts have the same mean, in so few and so large values that 4,000 sequences miss it.
        {direction: 'drop', shifts: [0.25, 0.5]},
      )
      for (let day = 0; day < 10; day++) detector.add(simulation.normal() ** 3)
      return detector.evidence
    })
    expect(mean(evidence)).to.be.closeTo(10, 4 * (standardDeviation(evidence) / Math.sqrt(evidence.length)))
  })
})

describe('autocorrelation', () => {
  it('is the adjusted lag-1 coefficient with the correction of its bias, clipped', () => {
    for (const {days, r} of reference.correlations)
      expectClose(lagOneCorrelation(days), Math.min(0.6, Math.max(0, r + (1 + 3 * r) / days.length)))
  })

  it('counts no pairs over a day without a value', () => {
    const pairs = [1, 2, undefined, 3, 1, undefined, 2, 2.5, undefined, 4, 3]
    expect(lagOneCorrelation(pairs)).to.be.within(0, 0.6)
    expect(lagOneCorrelation([1, undefined, 2, undefined, 3, undefined, 4, undefined, 5])).to.equal(undefined)
    expect(lagOneCorrelation([2, 2, 2, 2, 2, 2])).to.equal(undefined)
  })

  it('is taken out, also over gaps: what is left has the variance 1 − φ² and no correlation', () => {
    const simulation = new Simulation(32)
    const days: (number | undefined)[] = []
    let last = simulation.normal()
    for (let day = 0; day < 40_000; day++) {
      last = 0.5 * last + Math.sqrt(0.75) * simulation.normal()
      days.push(simulation.unit() < 0.2 ? undefined : last)
    }
    const left = innovations(days, 0.5)
    const measured = left.filter(value => value !== undefined)
    expect(standardDeviation(measured) ** 2).to.be.closeTo(0.75, 0.02)
    expect(lagOneCorrelation(left)).to.be.below(0.02)
  })

  it('of 1 cannot be taken out', () => expect(() => innovations([1], 1)).to.throw(RangeError, 'correlation is 1'))
})

describe('the covariate adjustment', () => {
  it('has the slope and residuals of the reference', () => {
    for (const {groups, covariates, values, slope, residuals} of reference.adjustments) {
      const rows = groups.map((group, i) => ({group, value: values[i]!, covariate: covariates[i]!}))
      const fitted = fitCovariate(rows)
      expectClose(fitted.slope, slope)
      for (const [i, row] of rows.entries()) expectClose(adjustedValue(row, fitted), residuals[i]!)
    }
  })

  it('says nothing of a group that the baseline does not know', () => {
    const fitted = fitCovariate([{group: 'a', value: 1, covariate: 1}])
    expect(fitted.slope).to.equal(0)
    expect(adjustedValue({group: 'b', value: 1, covariate: 1}, fitted)).to.equal(undefined)
  })
})

describe('the energy split', () => {
  it('is the one that brute force finds', () => {
    for (const {values, least, statistic, at, to} of reference.splits) {
      const best = bestEnergySplit(new Distances(values), {from: 0, to: values.length, least})
      expectClose(best?.statistic, statistic)
      expect([best?.at, best?.to]).to.deep.equal([at, to])
    }
  })

  it('does not exist for too few values', () =>
    expect(bestEnergySplit(new Distances([1, 2, 3]), {from: 0, to: 3, least: 2})).to.equal(undefined))
})

describe('the confidence sequence', () => {
  it('holds the mean on all of 200 days at once in 95 % of sequences', () => {
    const simulation = new Simulation(33)
    const missed = shareOf(2000, () => {
      let sum = 0
      for (let day = 1; day <= 200; day++) {
        sum += simulation.normal()
        if (Math.abs(sum / day) > sequenceHalfWidth({observations: day, standardDeviation: 1})) return true
      }
      return false
    })
    expect(missed).to.be.within(0.01, 0.05)
  })

  it('is narrowest, against a plain interval, at the number of days it was made for', () => {
    const relative = (observations: number) =>
      sequenceHalfWidth({observations, standardDeviation: 1, narrowestAt: 14}) * Math.sqrt(observations)
    expect(relative(14)).to.be.below(relative(5))
    expect(relative(14)).to.be.below(relative(40))
  })
})
