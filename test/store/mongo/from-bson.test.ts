import {expect} from 'chai'
import {BSON, Binary, Decimal128, Long, ObjectId, Timestamp, UUID} from 'mongodb'

import {fromBson} from '#src/store/mongo/from-bson.js'

describe('fromBson', () => {
  it('leaves JSON and dates as they are', () => {
    const document = {a: [1, 'x', null, true, {b: new Date(0)}], c: {d: 1.5}}
    expect(fromBson(BSON.deserialize(BSON.serialize(document)))).to.deep.equal(document)
  })

  it('makes text of types that the port does not know', () => {
    const id = new ObjectId('65f000000000000000000001')
    const foreign = {
      id,
      list: [Decimal128.fromString('1.50')],
      in: {uuid: new UUID('5a1c1f6e-8f5a-4f0e-9d0c-0123456789ab'), big: Long.MAX_VALUE},
      binary: new Binary(Buffer.from('abc')),
      expression: /a.b/iu,
      time: new Timestamp({t: 1, i: 2}),
    }
    expect(fromBson(foreign)).to.deep.equal({
      id: '65f000000000000000000001',
      list: ['1.50'],
      in: {uuid: '5a1c1f6e-8f5a-4f0e-9d0c-0123456789ab', big: '9223372036854775807'},
      binary: 'abc',
      expression: '/a.b/iu',
      time: '4294967298',
    })
  })
})
