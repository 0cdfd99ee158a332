import {expect} from 'chai'
import * as fc from 'fast-check'

import {LcsPattern} from '#src/measures/lcs-length.js'
import {Numbering} from '#src/measures/numbering.js'

function lcsLength(a: readonly string[], b: readonly string[]): number {
  const numbering = new Numbering()
  const numbers = numbering.numbersOf(a)
  return new LcsPattern(numbers, numbering.size).lengthWith(numbering.numbersOf(b))
}

/** The textbook table, to hold the bit vectors against. */
function tableLength(a: readonly string[], b: readonly string[]): number {
  let above = b.map(() => 0)
  for (const x of a) {
    const row: number[] = []
    for (const [j, y] of b.entries()) {
      row.push(x === y ? (above[j - 1] ?? 0) + 1 : Math.max(above[j]!, row[j - 1] ?? 0))
    }
    above = row
  }
  return above.at(-1) ?? 0
}

const symbols = (longest: number) => fc.array(fc.constantFrom('а', 'б', 'в', 'г'), {maxLength: longest})

describe('longest common subsequence', () => {
  it('has the length that the textbook table gives, across word borders of the bit vectors', () => {
    fc.assert(
      fc.property(symbols(150), symbols(150), (a, b) => {
        expect(lcsLength(a, b)).to.equal(tableLength(a, b))
      }),
      {numRuns: 300},
    )
  })

  it('is as long as the shorter text when that is contained in the other', () => {
    const text = Array.from({length: 96}, (_, i) => `т${i}`)
    expect(lcsLength(text, text)).to.equal(96)
    expect(lcsLength(text.slice(0, 64), ['x', ...text])).to.equal(64)
    expect(lcsLength([], text)).to.equal(0)
  })
})
