import {expect} from 'chai'

import {betaQuantile} from '#src/distribution/beta.js'
import {correctedShare} from '#src/intervals/corrected-share.js'

import {Simulation} from '../simulated.ts'

const known = (estimate: number, reach = 0.02) => ({estimate, low: estimate - reach, high: estimate + reach})

/** Of a share among so many independent ones: Clopper and Pearson's. */
function counted(yes: number, of: number) {
  return {
    estimate: yes / of,
    low: yes > 0 ? betaQuantile(0.025, yes, of - yes + 1) : 0,
    high: yes < of ? betaQuantile(0.975, yes + 1, of - yes) : 1,
  }
}

describe('the share that people would call right', () => {
  it('is the judge’s where it never errs, and what its errors leave where it does', () => {
    const perfect = {sensitivity: known(1, 0), specificity: known(1, 0)}
    const {low, estimate, high} = correctedShare(known(0.7), perfect) ?? {}
    expect(estimate).to.equal(0.7)
    expect(low).to.be.closeTo(0.68, 1e-12)
    expect(high).to.be.closeTo(0.72, 1e-12)
    // Of 1,000, 600 right: 0.9 of them and 0.2 of the other 400 are called right.
    const errs = {sensitivity: known(0.9), specificity: known(0.8)}
    expect(correctedShare(known((0.9 * 600 + 0.2 * 400) / 1000), errs)?.estimate).to.be.closeTo(0.6, 1e-12)
  })

  it('has an interval as wide as what is known of the judge’s errors', () => {
    const errors = (of: number) => ({sensitivity: counted(of, of), specificity: counted(of, of)})
    const widths = [10, 30, 100].map(of => {
      const {low = 0, high = 1} = correctedShare(counted(600, 1000), errors(of)) ?? {}
      return high - low
    })
    expect(widths[0]).to.be.above(0.3)
    expect(widths[1]).to.be.within(0.1, 0.3)
    expect(widths[2]).to.be.below(0.1)
    // A judge that called everything right would have missed at most 12 % of what is wrong.
    expect(correctedShare(counted(100, 100), errors(30))?.low).to.be.within(0.95, 0.964)
  })

  it('is not measured by a judge that may be no better than a coin, nor without one of the rates', () => {
    const coin = {sensitivity: known(0.6, 0.1), specificity: known(0.5, 0.1)}
    expect(correctedShare(known(0.7), coin)).to.equal(undefined)
    const lacking = {sensitivity: known(0.9), specificity: {estimate: undefined, low: undefined, high: undefined}}
    expect(correctedShare(known(0.7), lacking)).to.equal(undefined)
    expect(correctedShare(counted(6, 10), {sensitivity: counted(3, 3), specificity: counted(2, 2)})).to.equal(undefined)
  })

  it('is not measured by a judge that supports more than such a judge can', () => {
    expect(correctedShare(known(0.97, 0.01), {sensitivity: known(0.8), specificity: known(0.9)})).to.equal(undefined)
  })

  it('lies outside an interval that is shown in at most 5 % of samples, however few items show the judge’s errors', () => {
    const simulation = new Simulation(7)
    const draw = (chance: number, of: number): number =>
      Array.from({length: of}, () => Number(simulation.unit() < chance)).reduce((sum, each) => sum + each, 0)
    const RATES = [0.5, 0.7, 0.9, 1]
    for (const q1 of RATES)
      for (const q0 of RATES)
        for (const wrong of [1, 3, 5, 10, 30])
          for (const truth of [0.6, 0.9]) {
            const shown = truth * q1 + (1 - truth) * (1 - q0)
            let missed = 0
            for (let run = 0; run < 150; run++) {
              const errors = {sensitivity: counted(draw(q1, 30), 30), specificity: counted(draw(q0, wrong), wrong)}
              const found = correctedShare(counted(draw(shown, 200), 200), errors)
              if (found !== undefined && (found.low > truth || found.high < truth)) missed++
            }
            // Three standard errors of 150 runs.
            expect(missed / 150, `${truth} ${q1} ${q0} ${wrong}`).to.be.at.most(
              0.05 + 3 * Math.sqrt((0.05 * 0.95) / 150),
            )
          }
  })
})
