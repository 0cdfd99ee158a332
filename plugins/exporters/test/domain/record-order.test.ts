import {compareCodePoints} from '@ep23/sdk'
import {expect} from 'chai'
import * as fc from 'fast-check'

import {compareRecords} from '#src/domain/record-stats.js'

const wellFormed = fc.string({unit: 'binary'})

describe('the order of records', () => {
  it('compares texts as their UTF-8 bytes, as both stores do', () =>
    fc.assert(
      fc.property(wellFormed, wellFormed, (a, b) => {
        expect(Math.sign(compareCodePoints(a, b))).to.equal(Buffer.compare(Buffer.from(a), Buffer.from(b)))
      }),
      {numRuns: 2000},
    ))

  it('puts U+FFFD before an emoji, unlike JavaScript', () => {
    expect(['\ufffd', '😀'].sort()).to.deep.equal(['😀', '\ufffd'])
    expect(compareCodePoints('\ufffd', '😀')).to.be.below(0)
  })

  it('looks at the channel, then the timestamp, then the id', () => {
    const record = (channel: string, timestamp: string, sample_id: string) => ({channel, timestamp, sample_id})
    const sorted = [
      record('@a', '2024-11-05T20:59:59.999Z', '1'),
      record('@a', '2024-11-05T20:59:59.999Z', '2'),
      record('@a', '2024-11-06T20:59:59.999Z', '0'),
      record('@b', '2024-11-04T20:59:59.999Z', '0'),
    ]
    expect([...sorted].reverse().sort(compareRecords)).to.deep.equal(sorted)
  })
})
