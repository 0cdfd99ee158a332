import {expect} from 'chai'

import type {GateResult} from '#src/domain/verdict.js'

import {thresholdSide} from '../../page/threshold-side.ts'

const gate = {metric: 'coverage', direction: 'at_least', pass: 0.45, warn: 0.35} as GateResult
const cell = (mean: number | null, measured = 30, unmeasured = 0) => ({mean, measured, unmeasured})

describe('the colour of a channel', () => {
  it('is the side of the threshold that its mean is on', () => {
    const sides = [0.525, 0.45, 0.449, 0.35, 0.349].map(mean => thresholdSide(cell(mean), gate, []))
    expect(sides).to.deep.equal(['pass', 'pass', 'warn', 'warn', 'fail'])
    const least = {...gate, direction: 'at_most', pass: 0.2, warn: 0.3} as GateResult
    expect([0.1, 0.25, 0.5].map(mean => thresholdSide(cell(mean), least, []))).to.deep.equal(['pass', 'warn', 'fail'])
  })

  it('is none without a threshold, of few digests, or where the unmeasured could change the side', () => {
    expect(thresholdSide(cell(0.9), undefined, [])).to.equal('')
    expect(thresholdSide(cell(null, 0, 30), gate, [])).to.equal('')
    expect(thresholdSide(cell(0.9, 3), gate, [])).to.equal('')
    expect(thresholdSide(cell(0.9, 15, 15), gate, [])).to.equal('pass')
    expect(thresholdSide(cell(0.8, 15, 15), gate, [])).to.equal('')
    expect(thresholdSide(cell(0.1, 28, 2), gate, [])).to.equal('fail')
  })

  it('is none of scores that nobody seems to have measured', () => {
    const remark = {code: 'scores_look_invented', scores: ['coverage'], look: 'constant'} as const
    expect(thresholdSide(cell(0.9), gate, [remark])).to.equal('')
    expect(thresholdSide(cell(0.9), {...gate, metric: 'accuracy'}, [remark])).to.equal('pass')
  })
})
