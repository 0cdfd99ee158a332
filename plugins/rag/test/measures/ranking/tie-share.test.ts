import {expect} from 'chai'

import {tieShare} from '#src/measures/ranking/tie-share.js'

const ranking = (...scores: number[]) => scores.map((score, i) => ({id: `d${i}`, score}))

describe('tieShare', () => {
  it('counts documents that share their score with another one of the same query', () => {
    const run = new Map([
      ['q1', ranking(3, 2, 2, 1)],
      ['q2', ranking(3, 2, 1, 0)],
    ])
    expect(tieShare(run)).to.deep.equal({documents: 2 / 8, queries: 1 / 2})
  })

  it('is 1 for a scorer that always says the same, wherever it stands in the list', () => {
    expect(tieShare(new Map([['q', ranking(1, 1, 1)]]))).to.deep.equal({documents: 1, queries: 1})
    expect(tieShare(new Map([['q', ranking(1, 5, 1)]])).documents).to.be.closeTo(2 / 3, 1e-12)
  })

  it('is 0 where nothing was retrieved', () => {
    expect(tieShare(new Map([['q', []]]))).to.deep.equal({documents: 0, queries: 0})
    expect(tieShare(new Map())).to.deep.equal({documents: 0, queries: 0})
  })
})
