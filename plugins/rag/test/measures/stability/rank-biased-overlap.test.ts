import {expect} from 'chai'
import {readFileSync} from 'node:fs'

import {rankBiasedOverlap} from '#src/measures/stability/rank-biased-overlap.js'

const letters = (text: string) => text.split('')

interface Fixture {
  rankBiasedOverlap: {cases: [string, string, number, number][]}
}

describe('rankBiasedOverlap', () => {
  it('has the golden values of the rbo package', () => {
    expect(rankBiasedOverlap(letters('abcdefg'), letters('abdcegf'), 0.9)).to.be.closeTo(0.963159, 5e-7)
    expect(rankBiasedOverlap(letters('abcdefg'), letters('abdcegf'), 0.98)).to.be.closeTo(0.990584, 5e-7)
  })

  it('agrees with the rbo package on rankings of different length', () => {
    const file = readFileSync(new URL('../fixtures/stability.json', import.meta.url), 'utf8')
    const {cases} = (JSON.parse(file) as Fixture).rankBiasedOverlap
    expect(cases).to.have.length(40)
    for (const [a, b, p, value] of cases) {
      expect(rankBiasedOverlap(letters(a), letters(b), p), `${a} ${b} ${p}`).to.be.closeTo(value, 1e-11)
      expect(rankBiasedOverlap(letters(b), letters(a), p), `${b} ${a} ${p}`).to.be.closeTo(value, 1e-11)
    }
  })

  it('is 1 for a ranking and itself, 0 for disjoint ones', () => {
    expect(rankBiasedOverlap(['x', 'y', 'z'], ['x', 'y', 'z'])).to.be.closeTo(1, 1e-12)
    expect(rankBiasedOverlap(['x'], ['y'])).to.equal(0)
  })

  it('minds a swap at the top more than one at the bottom', () => {
    const top = rankBiasedOverlap(letters('abcdef'), letters('bacdef'))!
    const bottom = rankBiasedOverlap(letters('abcdef'), letters('abcdfe'))!
    expect(top).to.be.lessThan(bottom)
  })

  it('is unmeasured for an empty ranking and refuses ids given twice', () => {
    expect(rankBiasedOverlap([], ['a'])).to.equal(undefined)
    expect(() => rankBiasedOverlap(['a', 'a'], ['a'])).to.throw(RangeError, 'first ranking')
    expect(() => rankBiasedOverlap(['a'], ['b', 'b'])).to.throw(RangeError, 'second ranking')
    expect(() => rankBiasedOverlap(['a'], ['a'], 1)).to.throw(RangeError, 'p is 1')
  })
})
