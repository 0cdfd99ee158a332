import {expect} from 'chai'

import {RETRIEVAL_DEFAULTS} from '#src/retrieval/retrieval-config.js'
import {candidateCount, selectCandidates} from '#src/retrieval/select-candidates.js'

const ranking = [0.9, 0.8, 0.6, 0.4, 0.2].map((score, i) => ({id: `d${i}`, score}))
const ids = (config: Partial<typeof RETRIEVAL_DEFAULTS>) =>
  selectCandidates(ranking, {...RETRIEVAL_DEFAULTS, ...config}).map(({id}) => id)

describe('selectCandidates', () => {
  it('keeps what reaches the threshold', () => {
    expect(ids({score_threshold: 0.6})).to.deep.equal(['d0', 'd1', 'd2'])
  })

  it('keeps at most top_k', () => {
    expect(ids({top_k: 2, score_threshold: 0})).to.deep.equal(['d0', 'd1'])
  })

  it('looks at no more candidates than the headroom allows', () => {
    expect(candidateCount({...RETRIEVAL_DEFAULTS, top_k: 2, vector_search_headroom_multiplier: 3})).to.equal(6)
    expect(ids({top_k: 1, vector_search_headroom_multiplier: 1, score_threshold: 0})).to.deep.equal(['d0'])
  })

  it('keeps nothing when nothing is near enough', () => {
    expect(ids({score_threshold: 0.95})).to.deep.equal([])
  })
})
