import {expect} from 'chai'
import {fuseReciprocalRanks, fuseWeightedSum} from '#src/retrieval/fusion.js'

const ranking = (scores: Record<string, number>) => Object.entries(scores).map(([id, score]) => ({id, score}))

describe('fuseReciprocalRanks', () => {
  it('adds 1 / (60 + rank) over the rankings', () => {
    const fused = fuseReciprocalRanks([ranking({a: 9, b: 8}), ranking({b: 0.2, c: 0.1})])
    expect(fused).to.deep.equal([
      {id: 'b', score: 1 / 62 + 1 / 61},
      {id: 'a', score: 1 / 61},
      {id: 'c', score: 1 / 62},
    ])
  })

  it('ranks by score whatever the order given, ties by id', () => {
    expect(fuseReciprocalRanks([ranking({a: 1, b: 2, c: 1})]).map(({id}) => id)).to.deep.equal(['b', 'c', 'a'])
  })

  it('weighs rankings and lets k be chosen', () => {
    const fused = fuseReciprocalRanks([ranking({a: 1}), ranking({b: 1})], {k: 0, weights: [1, 3]})
    expect(fused).to.deep.equal([
      {id: 'b', score: 3},
      {id: 'a', score: 1},
    ])
  })

  it('refuses weights that do not fit', () => {
    expect(() => fuseReciprocalRanks([[], []], {weights: [1]})).to.throw(RangeError, '1 weights for 2 rankings')
    expect(() => fuseReciprocalRanks([[]], {weights: [-1]})).to.throw(RangeError, 'a weight is -1')
    expect(() => fuseReciprocalRanks([[]], {k: -1})).to.throw(RangeError, 'k is -1')
  })

  it('fuses nothing into nothing', () => {
    expect(fuseReciprocalRanks([])).to.deep.equal([])
    expect(fuseReciprocalRanks([[], []])).to.deep.equal([])
  })
})

describe('fuseWeightedSum', () => {
  it('brings every ranking to 0 … 1 before adding', () => {
    const fused = fuseWeightedSum([ranking({a: 30, b: 20, c: 10}), ranking({b: 0.9, d: 0.5})], [0.5, 0.5])
    expect(fused).to.deep.equal([
      {id: 'b', score: 0.75},
      {id: 'a', score: 0.5},
      {id: 'd', score: 0},
      {id: 'c', score: 0},
    ])
  })

  it('gives 1 where all scores of a ranking are equal', () => {
    expect(fuseWeightedSum([ranking({a: 5})])).to.deep.equal([{id: 'a', score: 1}])
    expect(fuseWeightedSum([ranking({a: -2, b: -2})]).map(({score}) => score)).to.deep.equal([1, 1])
  })

  it('does not change when the scores of a ranking are moved and stretched', () => {
    const [bm25, cosine] = [ranking({a: 3, b: 2, c: 0}), ranking({a: 0.25, b: 0.5, c: 0.75})]
    const stretched = bm25.map(({id, score}) => ({id, score: 4 * score - 16}))
    expect(fuseWeightedSum([stretched, cosine], [0.25, 0.75])).to.deep.equal(
      fuseWeightedSum([bm25, cosine], [0.25, 0.75]),
    )
  })

  it('refuses scores that are not finite', () => {
    expect(() => fuseWeightedSum([ranking({a: NaN})])).to.throw(RangeError, 'score of a is NaN')
    expect(() => fuseWeightedSum([ranking({a: Infinity})])).to.throw(RangeError, 'Infinity')
  })
})
