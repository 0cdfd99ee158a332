import {expect} from 'chai'

import {sample, requireCount} from '#src/measurement.js'

describe('measured values', () => {
  it('are parted from unmeasured ones, which are counted', () => {
    const {values, measured, unmeasured} = sample([0.5, undefined, 0, undefined], 'scores')
    expect([...values]).to.deep.equal([0.5, 0])
    expect({measured, unmeasured}).to.deep.equal({measured: 2, unmeasured: 2})
  })

  it('are never NaN or infinite: the error names the argument and the place', () => {
    expect(() => sample([1, NaN], 'scores')).to.throw(
      RangeError,
      'scores[1] is NaN: pass undefined for what was not measured',
    )
    expect(() => sample([Infinity], 'scores')).to.throw(RangeError, 'scores[0] is Infinity')
  })

  it('are counted in whole numbers', () => {
    expect(() => requireCount(1.5, 'k')).to.throw(RangeError, 'k is 1.5: a whole number of at least 1 is needed')
  })
})
