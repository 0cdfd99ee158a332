import {expect} from 'chai'

import {seededRandom} from '#src/inference/random.js'
import {correctedShare} from '#src/intervals/corrected-share.js'

const known = (estimate: number, standardError = 0.01) => ({estimate, standardError})
/** Of a share among so many independent ones. */
const counted = (yes: number, of: number) => known(yes / of, Math.sqrt(((yes / of) * (1 - yes / of)) / of))

describe('the share that people would call right', () => {
  it('is the judge’s where it never errs, and what its errors leave where it does', () => {
    const perfect = {sensitivity: known(1, 0), specificity: known(1, 0)}
    expect(correctedShare(known(0.7, 0.02), perfect)).to.deep.include({estimate: 0.7, standardError: 0.02})
    // Of 1,000, 600 right: 0.9 of them and 0.2 of the other 400 are called right.
    const errs = {sensitivity: known(0.9), specificity: known(0.8)}
    expect(correctedShare(known((0.9 * 600 + 0.2 * 400) / 1000), errs)?.estimate).to.be.closeTo(0.6, 1e-12)
  })

  it('is not measured by a judge that may be no better than a coin, nor without one of the rates', () => {
    const coin = {sensitivity: known(0.6, 0.05), specificity: known(0.5, 0.05)}
    expect(correctedShare(known(0.7), coin)).to.equal(undefined)
    const lacking = {sensitivity: known(0.9), specificity: {estimate: undefined, standardError: undefined}}
    expect(correctedShare(known(0.7), lacking)).to.equal(undefined)
  })

  it('lies in its interval in 93 to 97 % of samples', () => {
    const random = seededRandom(7)
    const draw = (chance: number, of: number): number =>
      Array.from({length: of}, () => Number(random.unit() < chance)).reduce((sum, each) => sum + each, 0)
    for (const [truth, q1, q0, right, wrong] of [
      [0.8, 0.9, 0.7, 200, 60],
      [0.6, 0.85, 0.85, 150, 100],
      [0.5, 0.95, 0.6, 120, 120],
    ] as const) {
      const shown = truth * q1 + (1 - truth) * (1 - q0)
      const inside = Array.from({length: 1500}, () => {
        const errors = {sensitivity: counted(draw(q1, right), right), specificity: counted(draw(q0, wrong), wrong)}
        const found = correctedShare(counted(draw(shown, 800), 800), errors)
        return Number(found !== undefined && found.low <= truth && truth <= found.high)
      })
      const coverage = inside.reduce((sum, each) => sum + each, 0) / inside.length
      expect(coverage, `${truth} ${q1} ${q0}`).to.be.within(0.93, 0.97)
    }
  })
})
