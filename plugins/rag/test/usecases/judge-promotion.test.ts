import {expect} from 'chai'
import {judgePromotion, refusalText} from '#src/usecases/judge-promotion.js'
import type {TuningResult} from '#src/domain/tuning-result.js'
import {tuningResult} from './tuning-results.ts'

const BAR = {mostVarianceRatio: 0.1, mostAgeDays: 7, now: new Date('2026-11-08T00:00:00Z'), baseSha256: 'base'}

function withGain(low: number, high: number): TuningResult {
  const result = tuningResult()
  result.front[0].gain = {estimate: (low + high) / 2, low, high, improved: 1, worse: 1}
  return result
}

const reasons = (result: TuningResult, bar = BAR): string[] => judgePromotion(result, bar).map(({reason}) => reason)
const ratio = (high: number) => ({variance_ratio: {estimate: high / 2, low: 0, high}})

describe('judgePromotion', () => {
  it('lets a gain pass that is real, repeatable and fresh, at its very bounds too', () => {
    expect(reasons(tuningResult(ratio(0.1)))).to.deep.equal([])
  })

  it('tells a gain that may be chance from a loss', () => {
    expect(reasons(withGain(0, 0.4))).to.deep.equal(['gain_may_be_chance'])
    expect(reasons(withGain(-0.1, 0.4))).to.deep.equal(['gain_may_be_chance'])
    expect(reasons(withGain(-0.3, -0.1))).to.deep.equal(['loss'])
  })

  it('looks at the upper bound of the variance ratio, and takes unmeasured for no repeatability', () => {
    expect(reasons(tuningResult(ratio(0.1001)))).to.deep.equal(['runs_disagree'])
    expect(reasons(tuningResult({variance_ratio: null}))).to.deep.equal(['repeatability_unmeasured'])
  })

  it('knows nothing of the repeatability where replies were missing: those users got another order', () => {
    expect(reasons(tuningResult({fallbacks: 3, asked: 60}))).to.deep.equal([])
    expect(reasons(tuningResult({fallbacks: 4, asked: 60}))).to.deep.equal(['replies_missing'])
    expect(reasons(tuningResult({fallbacks: 60, asked: 60, variance_ratio: null}))).to.deep.equal([
      'repeatability_unmeasured',
      'replies_missing',
    ])
    expect(reasons(tuningResult({fallbacks: 0, asked: 0}))).to.deep.equal([])
  })

  it('refuses a stale result: another configuration, or a figure that is too old', () => {
    expect(reasons(tuningResult(), {...BAR, baseSha256: 'other'})).to.deep.equal(['configuration_changed'])
    expect(reasons(tuningResult(), {...BAR, now: new Date('2026-11-08T00:00:01Z')})).to.deep.equal(['stale'])
  })

  it('names all reasons at once, each in both languages', () => {
    const bar = {...BAR, baseSha256: 'other', now: new Date('2027-01-01T00:00:00Z')}
    const result = withGain(-0.1, 0.1)
    Object.assign(result.front[0].test, {variance_ratio: null, fallbacks: 9})
    const refusals = judgePromotion(result, bar)
    expect(refusals).to.have.length(5)
    for (const {en, ru} of refusals.map(refusalText)) {
      expect(en).to.match(/^[a-z][\x20-\x7e]+$/u)
      expect(ru).to.match(/^[а-яё].*/u)
    }
  })
})
