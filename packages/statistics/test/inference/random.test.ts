import {expect} from 'chai'

import {seededRandom} from '#src/inference/random.js'

const draw = (seed: number) => {
  const random = seededRandom(seed)
  return [1, 2, 3, 4].map(() => random.below(1_000_000))
}

describe('seeded random numbers', () => {
  it('repeat for the same seed and differ for another, also beyond 32 bits', () => {
    expect(draw(1)).to.deep.equal(draw(1))
    const seeds = [0, 1, 2, 2 ** 32, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER]
    expect(new Set(seeds.map(seed => draw(seed).join())).size).to.equal(seeds.length)
  })

  it('keeps its stream from version to version: recorded runs must give the same intervals again', () => {
    const random = seededRandom(20241105)
    expect([1, 2, 3, 4, 5].map(() => random.below(1000))).to.deep.equal(STREAM)
  })

  it('draws every place about equally often, small seeds from the first number on', () => {
    const first = Array.from({length: 4000}, (_, seed) => seededRandom(seed).below(10))
    const counts = Array.from({length: 10}, (_, place) => first.filter(value => value === place).length)
    // 400 expected, standard deviation 19: six of them on either side.
    for (const count of counts) expect(count).to.be.within(286, 514)
  })

  it('draws numbers from 0 to 1', () => {
    const random = seededRandom(5)
    const values = Array.from({length: 10_000}, () => random.unit())
    expect(Math.min(...values)).to.be.at.least(0)
    expect(Math.max(...values)).to.be.below(1)
    expect(values.reduce((sum, value) => sum + value, 0) / values.length).to.be.closeTo(0.5, 0.02)
  })

  it('refuses a seed that is no whole number', () => {
    for (const seed of [-1, 0.5, NaN]) expect(() => seededRandom(seed)).to.throw(RangeError, /seed is/)
  })
})

const STREAM = [172, 949, 759, 162, 480]
