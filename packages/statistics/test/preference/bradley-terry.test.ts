import {expect} from 'chai'
import * as fc from 'fast-check'

import {type BradleyTerry, bradleyTerry} from '#src/preference/bradley-terry.js'
import type {PairedPreference} from '#src/preference/comparisons.js'
import {strengthDifferences} from '#src/preference/strength-difference.js'

import {referenceValues} from '../reference.ts'

interface References {
  fits: {pairs: [a: number, b: number, score: number, day: number][]; strengths: number[]; againstFirst: number[]}[]
}

const {fits} = referenceValues<References>('preference')

function comparisonsOf(pairs: References['fits'][number]['pairs']): PairedPreference[] {
  return pairs.map(([a, b, score, day]) => ({a: `p${a}`, b: `p${b}`, score, cluster: `day ${day}`}))
}

function fitOf(comparisons: readonly PairedPreference[]): BradleyTerry {
  const fit = bradleyTerry(comparisons)
  expect(fit).to.not.equal(undefined)
  return fit as BradleyTerry
}

const met = (a: string, b: string, score: number, more: Partial<PairedPreference> = {}): PairedPreference => ({
  a,
  b,
  score,
  ...more,
})

describe('strengths of Bradley and Terry', () => {
  it("are FastChat's, ties counted as half a win", () => {
    for (const {pairs, strengths} of fits)
      for (const [i, strength] of fitOf(comparisonsOf(pairs)).strengths.entries())
        expect(strength).to.be.closeTo(strengths[i] as number, 1e-6)
  })

  it("have statsmodels' covariance by clusters, but for the correction G / (G − 1)", () => {
    for (const {pairs, againstFirst} of fits) {
      const {covariance, clusters} = fitOf(comparisonsOf(pairs))
      const at = (i: number, j: number) => covariance[i]?.[j] ?? NaN
      for (const [i, variance] of againstFirst.entries()) {
        const own = at(0, 0) + at(i + 1, i + 1) - 2 * at(0, i + 1)
        expect((own * (clusters - 1)) / clusters).to.be.closeTo(variance, 1e-7)
      }
    }
  })

  it('do not change when names are swapped, only their sign does', () => {
    for (const {pairs} of fits) {
      const swapped = comparisonsOf(pairs).map(({a, b, score, cluster = ''}) => met(b, a, 1 - score, {cluster}))
      const [one, other] = [fitOf(comparisonsOf(pairs)), fitOf(swapped)]
      for (const [i, strength] of one.strengths.entries()) expect(other.strengths[i]).to.be.closeTo(strength, 1e-9)
    }
  })

  it('give back, at the fit, as many wins to each as it had', () => {
    const outcome = fc.tuple(fc.integer({min: 0, max: 3}), fc.integer({min: 1, max: 3}), fc.constantFrom(0, 0.5, 1))
    fc.assert(
      fc.property(fc.array(outcome, {minLength: 12, maxLength: 60}), outcomes => {
        const comparisons = outcomes.map(([a, step, score]) => met(`p${a}`, `p${(a + step) % 4}`, score))
        const fit = bradleyTerry(comparisons)
        if (fit === undefined || fit.augmented) return
        const strengthOf = (name: string) => fit.strengths[fit.names.indexOf(name)] ?? NaN
        for (const name of fit.names) {
          let [won, expected] = [0, 0]
          for (const {a, b, score} of comparisons) {
            if (a !== name && b !== name) continue
            won += a === name ? score : 1 - score
            expected += 1 / (1 + Math.exp(strengthOf(a === name ? b : a) - strengthOf(name)))
          }
          expect(expected).to.be.closeTo(won, 1e-6)
        }
      }),
    )
  })

  it('are finite for somebody who always won, and the interval says how little that is', () => {
    const fit = fitOf(Array.from({length: 10}, (_, day) => met('x', 'y', 1, {cluster: `${day}`})))
    expect(fit.augmented).to.equal(true)
    // 10.5 of 11 wins.
    expect(Math.exp((fit.strengths[0] ?? 0) - (fit.strengths[1] ?? 0))).to.be.closeTo(21, 1e-9)
    const [{probability}] = strengthDifferences(fit) as [ReturnType<typeof strengthDifferences>[number]]
    expect(probability.low).to.be.within(0.4, 0.75)
    expect(probability.high).to.be.above(0.99)
  })

  it('are no surer than independent comparisons tell, where every cluster says the same', () => {
    const raters = (day: number) => [1, 1, 0].map(score => met('x', 'y', score, {cluster: `${day}`}))
    const [pair] = strengthDifferences(fitOf(Array.from({length: 20}, (_, day) => raters(day)).flat()))
    // statsmodels' Logit of 40 of 60 with cov_type HC0, times √(60 / 59), by Student's t with 59 degrees of freedom.
    expect(pair?.difference.standardError).to.be.closeTo(0.276172, 1e-6)
    expect(pair?.p).to.be.closeTo(0.0148423, 1e-6)
    expect(pair?.probability.high).to.be.closeTo(0.7765662, 1e-6)
  })

  it('do not exist for groups that never met, nor for nothing', () => {
    expect(bradleyTerry([])).to.equal(undefined)
    expect(bradleyTerry([met('a', 'b', 1), met('a', 'b', 0), met('c', 'd', 1), met('c', 'd', 0)])).to.equal(undefined)
  })

  it('take what the covariate explains out of the difference', () => {
    // Six times out of seven the longer one wins, and x is longer three times out of four.
    const comparisons = Array.from({length: 280}, (_, i) => {
      const covariate = i % 4 === 0 ? -1 : 1
      const usual = i % 7 === 0
      return met('x', 'y', covariate > 0 !== usual ? 1 : 0, {covariate, cluster: `${i}`})
    })
    const plain = comparisons.map(({a, b, score, cluster = ''}) => met(a, b, score, {cluster}))
    const [withLength, without] = [fitOf(comparisons), fitOf(plain)]
    expect(without.strengths[0]).to.be.above(0.3)
    expect(Math.abs(withLength.strengths[0] ?? 1)).to.be.below(0.2)
    expect(withLength.slope).to.be.above(1.5)
  })

  it('refuse what is no comparison', () => {
    expect(() => bradleyTerry([met('a', 'a', 1)])).to.throw(RangeError, 'compares a with itself')
    expect(() => bradleyTerry([met('a', 'b', 2)])).to.throw(RangeError, 'comparisons[0].score is 2')
    expect(() => bradleyTerry([met('a', 'b', 1, {covariate: 1}), met('a', 'b', 0)])).to.throw(RangeError, 'for some')
    expect(() => bradleyTerry([met('a', 'b', 1, {covariate: NaN})])).to.throw(RangeError, 'NaN')
  })

  it('have no interval with a single cluster', () => {
    const fit = fitOf([met('a', 'b', 1, {cluster: 'd'}), met('a', 'b', 0, {cluster: 'd'})])
    const [pair] = strengthDifferences(fit)
    expect(pair?.difference.low).to.equal(undefined)
    expect(pair?.p).to.equal(undefined)
  })
})
