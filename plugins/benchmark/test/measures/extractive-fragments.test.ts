import {expect} from 'chai'
import * as fc from 'fast-check'

import {extractiveness} from '#src/measures/extractive-fragments.js'

import {expectClose, newsRows, referenceValues, simpleTokens, words} from './reference.ts'

type Triple = [coverage: number, density: number, compression: number]

interface FragmentValues {
  cases: {summary: string; article: string; values: Triple; fragments: [number, number, number][]}[]
  news: Triple[]
}

function expectValues(summary: string[], article: string[], [coverage, density, compression]: Triple): void {
  const actual = extractiveness(summary, article)
  expectClose(actual.coverage, coverage)
  expectClose(actual.density, density)
  expectClose(actual.compression, compression)
}

describe('extractive fragments', () => {
  const reference = referenceValues<FragmentValues>('fragments')
  const tokens = fc.array(fc.constantFrom('а', 'б', 'в'), {maxLength: 30})

  it('finds the fragments that newsroom finds in 300 random pairs', () => {
    for (const {summary, article, values, fragments} of reference.cases) {
      const found = extractiveness(words(summary), words(article)).fragments
      expect(found.map(({summary, article, length}) => [summary, article, length])).to.deep.equal(fragments)
      expectValues(words(summary), words(article), values)
    }
  })

  it('equals newsroom on 200 Russian news articles', () => {
    for (const [i, row] of newsRows().entries()) {
      expectValues(simpleTokens(row.generated), simpleTokens(row.article), reference.news[i]!)
    }
  })

  it('misses a longer run that begins inside a match, as newsroom does', () => {
    // «а а б» stands at 1, but the scan jumps from the match «а а» at 0 to place 2.
    const {fragments} = extractiveness(words('а а б'), words('а а а б'))
    expect(fragments).to.deep.equal([
      {summary: 0, article: 0, length: 2},
      {summary: 2, article: 3, length: 1},
    ])
  })

  it('has one fragment, coverage 1 and density n for a copied text', () => {
    const text = words('первый второй третий четвертый')
    expect(extractiveness(text, text)).to.deep.equal({
      coverage: 1,
      density: 4,
      compression: 1,
      fragments: [{summary: 0, article: 0, length: 4}],
    })
  })

  it('measures nothing for an empty summary', () => {
    expect(extractiveness([], ['а'])).to.deep.equal({
      coverage: undefined,
      density: undefined,
      compression: undefined,
      fragments: [],
    })
  })

  it('covers between nothing and everything, with disjoint fragments that stand in both texts', () => {
    fc.assert(
      fc.property(tokens, tokens, (summary, article) => {
        const {coverage, fragments} = extractiveness(summary, article)
        if (summary.length > 0) expect(coverage).to.be.within(0, 1)
        let end = 0
        for (const fragment of fragments) {
          expect(fragment.summary).to.be.at.least(end)
          end = fragment.summary + fragment.length
          const copied = article.slice(fragment.article, fragment.article + fragment.length)
          expect(summary.slice(fragment.summary, end)).to.deep.equal(copied)
        }
      }),
    )
  })
})
