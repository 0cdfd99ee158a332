import {expect} from 'chai'
import {readFileSync} from 'node:fs'

import {kendallTauB} from '#src/measures/stability/kendall-tau.js'

interface Fixture {
  kendallTauB: {cases: [number[], number[], number | null][]}
}

describe('kendallTauB', () => {
  it('has the golden values of scipy', () => {
    expect(kendallTauB([1, 2, 3, 4, 5], [1, 3, 2, 4, 5])).to.be.closeTo(0.8, 1e-12)
    expect(kendallTauB([12, 2, 1, 12, 2], [1, 4, 7, 1, 0])).to.be.closeTo(-0.471405, 5e-7)
  })

  it('agrees with scipy in random cases with ties', () => {
    const file = readFileSync(new URL('../fixtures/stability.json', import.meta.url), 'utf8')
    const {cases} = (JSON.parse(file) as Fixture).kendallTauB
    expect(cases).to.have.length(40)
    for (const [x, y, tau] of cases) {
      if (tau === null) expect(kendallTauB(x, y)).to.equal(undefined)
      else expect(kendallTauB(x, y), JSON.stringify([x, y])).to.be.closeTo(tau, 1e-11)
    }
  })

  it('is unmeasured where one side does not vary', () => {
    expect(kendallTauB([1, 1, 1], [1, 2, 3])).to.equal(undefined)
    expect(kendallTauB([1], [1])).to.equal(undefined)
  })

  it('refuses arrays that do not belong together', () => {
    expect(() => kendallTauB([1, 2], [1])).to.throw(RangeError, 'equal lengths')
    expect(() => kendallTauB([1, NaN], [1, 2])).to.throw(RangeError, 'NaN')
  })
})
