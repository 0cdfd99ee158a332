import {expect} from 'chai'
import * as fc from 'fast-check'

import {TopK} from '#src/retrieval/ranking.js'

describe('TopK', () => {
  it('keeps the same documents in the same order as sorting everything', () => {
    const scores = fc.array(fc.constantFrom(-1, 0, 0.5, 1, 2, 3), {maxLength: 60})
    fc.assert(
      fc.property(scores, fc.integer({min: 0, max: 70}), (scores, limit) => {
        const top = new TopK(limit)
        for (const [document, score] of scores.entries()) top.offer(document, score)
        const sorted = scores.map((score, document) => ({id: `d${document}`, document, score}))
        sorted.sort((a, b) => b.score - a.score || b.document - a.document)
        const best = sorted.slice(0, limit).map(({id, score}) => ({id, score}))
        expect(top.drain(scores.map((_, document) => `d${document}`))).to.deep.equal(best)
        expect(top.drain([])).to.deep.equal([])
      }),
      {numRuns: 500, seed: 1},
    )
  })
})
