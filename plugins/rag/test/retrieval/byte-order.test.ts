import {expect} from 'chai'
import * as fc from 'fast-check'

import {compareBytes} from '#src/retrieval/ranking.js'

describe('compareBytes', () => {
  it('orders as the encoded bytes do, whatever the characters', () => {
    const text = fc.oneof(
      fc.string({unit: 'binary'}),
      fc.string({unit: fc.constantFrom('a', 'я', '\uD7FF', '\uE000', '～', '😀', '𝒜', '')}),
    )
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(Math.sign(compareBytes(a, b))).to.equal(Buffer.compare(Buffer.from(a), Buffer.from(b)))
      }),
      {numRuns: 500, seed: 1},
    )
  })

  it('differs from the order of UTF-16 units where it must', () => {
    expect(['～', '😀'].toSorted()).to.deep.equal(['😀', '～'])
    expect(compareBytes('😀', '～')).to.be.greaterThan(0)
  })
})
