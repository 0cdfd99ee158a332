import {expect} from 'chai'
import * as fc from 'fast-check'
import {drawDistinct, splitAtRandom, settingAt, spaceSize, type Objectives, paretoFront} from '#src/domain/tuning.js'

const KNOBS = [
  {path: 'retrieval.top_k', values: [5, 10]},
  {path: 'reranker.strategy', values: ['off', 'llm', 'cross_encoder']},
]

describe('settingAt', () => {
  it('gives every combination once', () => {
    const all = Array.from({length: spaceSize(KNOBS)}, (_, number) => JSON.stringify(settingAt(KNOBS, number)))
    expect(new Set(all).size).to.equal(6)
    expect(settingAt(KNOBS, 0)).to.deep.equal({'retrieval.top_k': 5, 'reranker.strategy': 'off'})
    expect(settingAt(KNOBS, 5)).to.deep.equal({'retrieval.top_k': 10, 'reranker.strategy': 'cross_encoder'})
  })
})

describe('drawDistinct', () => {
  it('draws different numbers below the size, the same for the same seed', () => {
    fc.assert(
      fc.property(fc.integer({min: 1, max: 500}), fc.nat(600), fc.nat(), (size, count, seed) => {
        const drawn = drawDistinct(size, count, seed)
        expect(drawn).to.have.length(Math.min(size, count))
        expect(new Set(drawn).size).to.equal(drawn.length)
        for (const number of drawn) expect(number).to.be.within(0, size - 1)
        expect(drawDistinct(size, count, seed)).to.deep.equal(drawn)
      }),
    )
  })
})

describe('splitAtRandom', () => {
  it('puts every item on one side, and at least two on either', () => {
    fc.assert(
      fc.property(
        fc.integer({min: 4, max: 60}),
        fc.double({min: 0, max: 1, noNaN: true}),
        fc.nat(),
        (size, share, seed) => {
          const items = Array.from({length: size}, (_, i) => i)
          const [train, test] = splitAtRandom(items, share, seed)
          expect([...train, ...test].sort((a, b) => a - b)).to.deep.equal(items)
          expect(Math.min(train.length, test.length)).to.be.at.least(2)
        },
      ),
    )
  })
})

describe('paretoFront', () => {
  const at = (quality: number, varianceRatio: number, latencySeconds: number): Objectives => ({
    quality,
    varianceRatio,
    latencySeconds,
  })

  it('keeps what nothing beats in all three, and equals', () => {
    const items = [at(0.9, 0.2, 1), at(0.8, 0.1, 1), at(0.8, 0.2, 1), at(0.9, 0.2, 1), at(0.5, 0.5, 0.1)]
    expect(paretoFront(items, item => item)).to.deep.equal([items[0], items[1], items[3], items[4]])
  })

  it('leaves out only what some member of the front beats', () => {
    const objective = fc.integer({min: 0, max: 5})
    const objectives = fc.tuple(objective, objective, objective).map(([a, b, c]) => at(a, b, c))
    fc.assert(
      fc.property(fc.array(objectives, {minLength: 1, maxLength: 30}), items => {
        const front = paretoFront(items, item => item)
        for (const item of items.filter(candidate => !front.includes(candidate)))
          expect(
            front.some(
              best =>
                best.quality >= item.quality &&
                best.varianceRatio <= item.varianceRatio &&
                best.latencySeconds <= item.latencySeconds,
            ),
          ).to.equal(true)
      }),
    )
  })
})
