import {expect} from 'chai'
import {assert, property, string} from 'fast-check'

import {printableJson, printableLine, printableText} from '#src/printable.js'

const STEERING = /[^\P{Cc}\n\t]|[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u

describe('printableText', () => {
  it('shows what would steer a terminal and keeps lines, tabs and joined emoji', () => {
    expect(printableText('a\u001B[2Jb\u009B31mc\u0007\r\n\td')).to.equal('a·[2Jb·31mc·\n\td')
    expect(printableText('семья 👨\u200D👩\u200D👧')).to.equal('семья 👨\u200D👩\u200D👧')
    expect(printableText('admin\u202Egnp.exe')).to.equal('admin·gnp.exe')
  })

  it('leaves no character that steers, whatever the text', () => {
    assert(
      property(string({unit: 'binary'}), text => {
        expect(printableText(text)).not.to.match(STEERING)
        expect(printableLine(text)).not.to.match(/[\n\t]/u)
      }),
    )
  })
})

describe('printableLine', () => {
  it('puts a text on one line', () => {
    expect(printableLine(' a\r\nb\u2028c\u001B]0;t\u0007 ')).to.equal('a b c·]0;t·')
  })
})

describe('printableJson', () => {
  it('escapes what JSON.stringify leaves, and changes no value', () => {
    assert(
      property(string({unit: 'binary'}), text => {
        const json = printableJson(JSON.stringify({text}))
        expect(json).not.to.match(STEERING)
        expect(JSON.parse(json)).to.deep.equal({text})
      }),
    )
  })
})
