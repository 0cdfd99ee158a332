import {expect} from 'chai'

import {fileLines} from '#src/formats/file-line.js'

const numbered = (text: string) => Array.from(fileLines('f', text), ({number, text}) => [number, text])

describe('fileLines', () => {
  it('numbers lines from 1 and passes over blank ones', () => {
    expect(numbered('a\n\n  \nb\n')).to.deep.equal([
      [1, 'a'],
      [4, 'b'],
    ])
  })

  it('takes a byte order mark and carriage returns off', () => {
    expect(numbered('\uFEFFa\r\nb\r\n')).to.deep.equal([
      [1, 'a'],
      [2, 'b'],
    ])
  })

  it('splits at line feeds only: U+2028 and U+0085 are data', () => {
    expect(numbered('a\u2028b\u0085c\rd')).to.deep.equal([[1, 'a\u2028b\u0085c\rd']])
  })

  it('has no lines for an empty file', () => {
    expect(numbered('')).to.deep.equal([])
    expect(numbered('\uFEFF')).to.deep.equal([])
  })
})
