import canonicalize from 'canonicalize'
import {expect} from 'chai'
import * as fc from 'fast-check'

import {canonicalJson, canonicalLine} from '#src/domain/canonical-json.js'

describe('canonical JSON', () => {
  it('writes the example of RFC 8785 section 3.2', () => {
    const value = {
      numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000f\u000aA\u0027\u0042\u0022\u005c\u005c\u0022\u002f',
      literals: [null, true, false],
    }
    expect(canonicalJson(value)).to.equal(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    )
  })

  it('sorts fields by UTF-16 code units, as RFC 8785 section 3.2.3 shows', () => {
    const value = {'\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7}
    expect(Object.values(JSON.parse(canonicalJson(value)) as object)).to.deep.equal([4, 2, 6, 7, 1, 5, 3])
  })

  it('sorts numeric field names as texts, whatever order JavaScript keeps them in', () => {
    expect(canonicalJson({9: 'a', 10: 'b', '!': 'c'})).to.equal('{"!":"c","10":"b","9":"a"}')
  })

  for (const [bits, text] of [
    [-0, '0'],
    [5e-324, '5e-324'],
    [1.7976931348623157e308, '1.7976931348623157e+308'],
    [9007199254740992, '9007199254740992'],
    [295147905179352830000, '295147905179352830000'],
    [1e21, '1e+21'],
    [9.999999999999997e22, '9.999999999999997e+22'],
    [0.000001, '0.000001'],
    [1e-7, '1e-7'],
    [333333333.33333325, '333333333.33333325'],
  ] as const)
    it(`writes the number ${text} of RFC 8785 appendix B`, () => expect(canonicalJson(bits)).to.equal(text))

  it('gives what the reference library gives, for sorted and unsorted values alike', () =>
    fc.assert(
      fc.property(fc.jsonValue({maxDepth: 4, stringUnit: 'binary'}), value => {
        expect(canonicalJson(value)).to.equal(canonicalize(value))
      }),
    ))

  it('refuses what JSON has no form for', () => {
    for (const value of ['\ud800', {a: ['\udc00x']}, {['\ud83d']: 1}, Number.NaN, [Infinity]])
      expect(() => canonicalJson(value)).to.throw()
  })

  it('takes a text that only looks like the escape of a lone surrogate', () => {
    const text = String.raw`\ud800`
    expect(JSON.parse(canonicalJson({text}))).to.deep.equal({text})
  })
})

describe('a canonical line', () => {
  it('never holds what readers may take for the end of a line, and parses to the same record', () =>
    fc.assert(
      fc.property(fc.array(fc.constantFrom('\u2028', '\u2029', '\u0085', '\n', '\r', 'ж', '\\', '"')), characters => {
        const record = {text: characters.join('')}
        const line = canonicalLine(record)
        expect(line).to.not.match(/[\u0085\u2028\u2029\r\n]/u)
        expect(JSON.parse(line)).to.deep.equal(record)
      }),
    ))

  it('differs from RFC 8785 in nothing but these three escapes', () => {
    const record = {b: '\u2028\u2029\u0085', a: 'ж'}
    expect(canonicalLine(record)).to.equal(String.raw`{"a":"ж","b":"\u2028\u2029\u0085"}`)
  })
})
