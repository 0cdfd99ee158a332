import {expect} from 'chai'

import {foldChunks} from '#src/retrieval/chunks.js'

describe('foldChunks', () => {
  it('gives each post the score of its best chunk', () => {
    const chunks = [
      {id: 'a#1', score: 1},
      {id: 'b#1', score: 2},
      {id: 'a#2', score: 3},
      {id: 'c#1', score: -1},
    ]
    expect(foldChunks(chunks)).to.deep.equal([
      {id: 'a', score: 3},
      {id: 'b', score: 2},
      {id: 'c', score: -1},
    ])
  })
})
