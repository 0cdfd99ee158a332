import {expect} from 'chai'

import {fusedSearch} from '#src/retrieval/fusion.js'

const ranking = (...ids: string[]) => ids.map((id, i) => ({id, score: 1 - i / 10}))
const words = ranking('a', 'b', 'c')
const meaning = ranking('c', 'd', 'b')
const search = (fusion: Partial<Parameters<typeof fusedSearch>[2]>, limit = 10) =>
  fusedSearch(
    (_, depth) => words.slice(0, depth),
    (_, depth) => meaning.slice(0, depth),
    {method: 'rrf', embeddings_weight: 0.5, rrf_k: 60, depth: 1000, ...fusion},
  )('q', limit).map(({id}) => id)

describe('fusedSearch', () => {
  it('finds what either search finds, first what both find', () => {
    expect(search({})).to.deep.equal(['c', 'b', 'a', 'd'])
    expect(search({method: 'weighted'})).to.deep.equal(['c', 'a', 'd', 'b'])
  })

  it('leaves out a search that has no weight', () => {
    for (const method of ['rrf', 'weighted'] as const) {
      expect(search({method, embeddings_weight: 0})).to.deep.equal(['a', 'b', 'c'])
      expect(search({method, embeddings_weight: 1})).to.deep.equal(['c', 'd', 'b'])
    }
  })

  it('looks equally deep whatever number of documents is asked for', () => {
    expect(search({}, 1)).to.deep.equal(['c'])
    expect(search({depth: 1})).to.have.members(['a', 'c'])
  })
})
