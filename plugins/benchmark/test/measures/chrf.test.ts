import {expect} from 'chai'
import * as fc from 'fast-check'

import {chrf, type ChrfOptions, chrfWords, codePointsWithoutSpace} from '#src/measures/chrf.js'

import {expectClose, newsRows, referenceValues} from './reference.ts'

interface ChrfValues {
  variants: Required<ChrfOptions>[]
  cases: {candidate: string; references: string[]; scores: number[]}[]
  news: number[][]
}

describe('chrF', () => {
  const reference = referenceValues<ChrfValues>('chrf')
  const [plain, plusPlus] = reference.variants
  const text = fc.string({unit: fc.constantFrom('а', 'б', 'ё', 'x', ' ', '.', '😀', '\n'), maxLength: 30})

  it('gives the golden values of effective order', () => {
    expectClose(chrf('a b c', ['abc']), 100)
    expectClose(chrf('aa', ['ab']), 25)
  })

  it('equals sacreBLEU on 200 random texts in three variants, emoji and several references included', () => {
    for (const [i, {candidate, references, scores}] of reference.cases.entries()) {
      for (const [v, variant] of reference.variants.entries()) {
        expectClose(chrf(candidate, references, variant), scores[v]!, `case ${i} variant ${v}`)
      }
    }
  })

  it('equals sacreBLEU on 200 Russian news summaries', () => {
    const rows = newsRows()
    for (const [v, variant] of [plain!, plusPlus!].entries()) {
      for (const [i, row] of rows.entries()) {
        expectClose(chrf(row.generated, [row.reference], variant), reference.news[i]![v]!, `row ${i}`)
      }
    }
  })

  it('scores a text against itself 100', () => {
    fc.assert(
      fc.property(text, one => {
        const expected = one.trim() === '' ? 0 : 100
        expectClose(chrf(one, [one]), expected)
        expectClose(chrf(one, [one], {wordOrder: 2}), expected)
      }),
    )
  })

  it('stays between 0 and 100 and is symmetric for β = 1', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(chrf(a, [b])).to.be.within(0, 100)
        expectClose(chrf(a, [b], {beta: 1}), chrf(b, [a], {beta: 1}))
      }),
    )
  })

  it('counts an emoji as one character', () => {
    expect(String.fromCodePoint(...codePointsWithoutSpace('а 😀\u0085б'))).to.equal('а😀б')
  })

  it('splits one punctuation mark off a word, the last one first', () => {
    expect(chrfWords('(да) «нет» да! . (а')).to.deep.equal(['(да', ')', '«нет»', 'да', '!', '.', '(', 'а'])
  })

  it('refuses a candidate without references', () => {
    expect(() => chrf('а', [])).to.throw(RangeError, /references is empty/)
  })
})
