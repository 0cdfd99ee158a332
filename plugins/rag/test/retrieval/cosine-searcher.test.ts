import {expect} from 'chai'
import * as fc from 'fast-check'

import {CosineSearcher} from '#src/retrieval/cosine-searcher.js'

const vector = (...values: number[]) => Float32Array.from(values)
const searcher = (vectors: Record<string, Float32Array>) =>
  new CosineSearcher(Object.entries(vectors).map(([id, vector]) => ({id, vector})))

describe('CosineSearcher', () => {
  it('ranks by the angle, not by the length', () => {
    const found = searcher({near: vector(0, 100), same: vector(2, 2), against: vector(-1, -1)}).search(vector(1, 1), 10)
    expect(found.map(({id}) => id)).to.deep.equal(['same', 'near', 'against'])
    expect(found[0]!.score).to.be.closeTo(1, 1e-12)
    expect(found[1]!.score).to.be.closeTo(Math.SQRT1_2, 1e-12)
    expect(found[2]!.score).to.be.closeTo(-1, 1e-12)
  })

  it('finds exactly what comparing with every vector finds', () => {
    const value = fc.integer({min: -5, max: 5})
    const direction = fc.array(value, {minLength: 4, maxLength: 4}).filter(values => values.some(value => value !== 0))
    fc.assert(
      fc.property(
        fc.array(direction, {minLength: 1, maxLength: 12}),
        direction,
        fc.integer({min: 1, max: 5}),
        (all, query, limit) => {
          const documents = all.map((values, i) => ({id: `d${i}`, vector: Float32Array.from(values)}))
          const found = new CosineSearcher(documents).search(Float32Array.from(query), limit)
          const scores = all.map(values => cosine(values, query)).toSorted((a, b) => b - a)
          expect(found).to.have.length(Math.min(limit, all.length))
          for (const [i, {score}] of found.entries()) expect(score).to.be.closeTo(scores[i]!, 1e-9)
        },
      ),
      {numRuns: 200, seed: 1},
    )
  })

  it('breaks ties by id, descending by bytes', () => {
    const same = {a: vector(1, 0), '～': vector(1, 0), '😀': vector(1, 0), B: vector(1, 0)}
    expect(
      searcher(same)
        .search(vector(1, 0), 3)
        .map(({id}) => id),
    ).to.deep.equal(['😀', '～', 'a'])
  })

  it('refuses vectors that have no angle to the others, by name', () => {
    const bad: [Record<string, Float32Array>, string][] = [
      [{a: vector(1, 0), b: vector(1)}, 'the embedding of b has 1 dimensions, the others have 2'],
      [{a: vector(1, 0), b: vector(NaN, 1)}, 'the embedding of b holds a number that is not finite'],
      [{a: vector(1, 0), b: vector(Infinity, 1)}, 'the embedding of b holds a number that is not finite'],
      [{a: vector(0, 0)}, 'the embedding of a is all zeros'],
    ]
    for (const [vectors, message] of bad)
      expect(() => searcher(vectors), message)
        .to.throw(message)
        .with.property('code', 'RAG_EMBEDDING_BAD')
    expect(() => searcher({a: vector(1, 0)}).search(vector(1), 1)).to.throw(
      'the embedding of the query has 1 dimensions',
    )
  })

  it('finds nothing among no documents', () => {
    expect(searcher({}).search(vector(1, 2), 5)).to.deep.equal([])
  })
})

function product(x: number[], y: number[]): number {
  return x.reduce((sum, value, i) => sum + value * y[i]!, 0)
}

function cosine(a: number[], b: number[]): number {
  return product(a, b) / Math.sqrt(product(a, a) * product(b, b))
}
