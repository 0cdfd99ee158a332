import {expect} from 'chai'

import {contentTerms, cosine, termVectors, lexRank} from '#src/text/term-vectors.js'

const BRIDGE = ['мост', 'открыт', 'река']
const BRIDGE_AGAIN = ['мост', 'река', 'длинный']
const CAT = ['кот', 'дерево']
const OWL = ['сова', 'лес', 'ночь']

describe('term-vectors', () => {
  it('gives vectors of length 1, and of length 0 to a text without terms', () => {
    const [bridge, nothing] = termVectors([BRIDGE, [], CAT])
    expect(cosine(bridge ?? new Map(), bridge ?? new Map())).to.be.closeTo(1, 1e-12)
    expect(nothing?.size).to.equal(0)
  })

  it('weighs a term by ln((n + 1) / df)', () => {
    const [first] = termVectors([['а', 'б'], ['а']])
    expect((first?.get('б') ?? 0) / (first?.get('а') ?? 1)).to.be.closeTo(Math.log(3) / Math.log(1.5), 1e-12)
  })

  it('finds no likeness between texts without a common term', () => {
    const [bridge, cat] = termVectors([BRIDGE, CAT])
    expect(cosine(bridge ?? new Map(), cat ?? new Map())).to.equal(0)
  })
})

describe('lex-rank', () => {
  it('gives the same score to texts that have nothing in common', () => {
    const scores = lexRank(termVectors([BRIDGE, CAT, OWL]))
    for (const score of scores) expect(score).to.be.closeTo(1 / 3, 1e-9)
  })

  it('ranks what is said twice above what is said once, and the scores sum up to 1', () => {
    const scores = lexRank(termVectors([OWL, BRIDGE, CAT, BRIDGE_AGAIN]))
    expect(scores.reduce((sum, score) => sum + score, 0)).to.be.closeTo(1, 1e-9)
    expect(Math.min(scores[1] ?? 0, scores[3] ?? 0)).to.be.above(Math.max(scores[0] ?? 1, scores[2] ?? 1))
  })

  it('equals the stationary distribution of the walk, solved by hand for a chain of three', () => {
    // a – b – c with equal similarities: b has both neighbours, a and c have b alone.
    const scores = lexRank(
      termVectors([
        ['x', 'p'],
        ['x', 'y'],
        ['y', 'q'],
      ]),
    )
    const middle = (0.15 / 3 + 0.85 * (1 - 0)) / (1 + 0.85) // from b = 0.05 + 0.85 (a + c), a + b + c = 1
    expect(scores[1]).to.be.closeTo(middle, 1e-7)
    expect(scores[0]).to.be.closeTo((1 - middle) / 2, 1e-7)
  })

  it('has nothing to say of no texts', () => {
    expect(lexRank([])).to.deep.equal([])
  })
})

describe('content-terms', () => {
  it('keeps stems of telling words alone', () => {
    expect(contentTerms('И вот новые мосты, подписаться!')).to.deep.equal(['нов', 'мост'])
  })
})
