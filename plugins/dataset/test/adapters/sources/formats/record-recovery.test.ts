import {expect} from 'chai'

import {lenientJson} from '#src/adapters/sources/formats/record-recovery.js'

describe('JSON of known programs', () => {
  it('is read with \\x escapes, NaN and Infinity, which are left alone within texts', () => {
    expect(lenientJson(String.raw`{"text": "a\x0Bb NaN \" NaN", "views": NaN, "reach": -Infinity}`)).to.deep.equal({
      text: 'a\u000Bb NaN " NaN',
      views: null,
      reach: null,
    })
  })

  it('is refused in a time that grows with its length and no faster', () => {
    for (const unit of [String.raw`\"`, '"', '\\', 'NaN ']) {
      const from = process.cpuUsage()
      expect(() => lenientJson(`{"text": "${unit.repeat(1_000_000 / unit.length)}\\`), unit).to.throw(SyntaxError)
      expect(process.cpuUsage(from).user / 1000, unit).to.be.below(3000)
    }
  })
})
