import {expect} from 'chai'
import * as fc from 'fast-check'

import {documentText, parseDocumentText} from '#src/store/document-text.js'

describe('documentText', () => {
  it('sorts fields at every level and writes dates as Extended JSON', () => {
    const document = {b: 1, a: {d: new Date('2024-11-03T09:30:00.123Z'), c: [null, 'x']}, e: undefined}
    expect(documentText(document, 'x')).to.equal(
      '{"a":{"c":[null,"x"],"d":{"$date":"2024-11-03T09:30:00.123Z"}},"b":1}',
    )
  })

  it('writes numbers so that a reader of 64-bit integers and one of doubles agree', () => {
    const numbers = [-0, 1.5, 2 ** 53 - 1, 2 ** 60, -(2 ** 63), 1e21, 1e300, 5e-324]
    expect(documentText({numbers}, 'x')).to.equal(
      '{"numbers":[-0.0,1.5,9007199254740991,1152921504606847000.0,-9223372036854776000.0,1e+21,1e+300,5e-324]}',
    )
  })

  it('tells the paths of arrays, without positions', () => {
    const paths = new Set<string>()
    documentText({a: [{b: [[1]]}, {c: {d: []}}], e: {f: []}}, 'x', paths)
    expect([...paths]).to.have.members(['a', 'a.b', 'a.c.d', 'e.f'])
  })

  it('refuses an object that contains itself', () => {
    const document: {self?: object} = {}
    document.self = document
    expect(() => documentText(document, 'digests, document a')).to.throw(
      /^digests, document a: field self\.self.* lies deeper/u,
    )
  })

  it('gives back every document it accepts', () => {
    const date = fc.date({min: new Date('0000-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59.999Z')})
    const value = fc.anything({
      withDate: false,
      values: [fc.string({unit: 'binary'}), fc.double({noNaN: true, noDefaultInfinity: true}), fc.boolean(), date],
      key: fc.string({unit: 'grapheme-ascii'}).filter(key => !/[.$]|^__proto__$|^_id$/u.test(key)),
    })
    const document = fc.record({a: value, b: value}).filter(candidate => isAccepted(candidate))
    fc.assert(
      fc.property(document, original => {
        const read = parseDocumentText(documentText(original, 'x'))
        expect(documentText(read, 'x')).to.equal(documentText(original, 'x'))
        expect(read).to.deep.equal(original)
      }),
    )
  })
})

function isAccepted(document: object): boolean {
  try {
    documentText(document, 'x')
    return true
  } catch {
    return false
  }
}
