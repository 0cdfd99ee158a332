import {expect} from 'chai'
import * as fc from 'fast-check'
import {russianAnalyser} from '#src/retrieval/analysers.js'
import {Bm25Searcher, NearTerms} from '#src/retrieval/bm25-searcher.js'
import {indexDocuments} from '#src/retrieval/index-documents.js'

/** Optimal string alignment distance by the book (Boytsov 2011, section 2.2.1). */
function distance(a: string, b: string): number {
  const rows = Array.from({length: a.length + 1}, (_, i) =>
    Array.from({length: b.length + 1}, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
  )
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++) {
      const replaced = rows[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? rows[i - 2]![j - 2]! + 1 : Infinity
      rows[i]![j] = Math.min(rows[i - 1]![j]! + 1, rows[i]![j - 1]! + 1, replaced, swapped)
    }
  return rows[a.length]![b.length]!
}

describe('near terms', () => {
  it('are those one typing error away behind the same first letter', () => {
    const word = fc.string({unit: fc.constantFrom('а', 'б', 'в'), minLength: 4, maxLength: 7})
    fc.assert(
      fc.property(
        fc.uniqueArray(word, {minLength: 1, maxLength: 40}),
        word.filter(({length}) => length > 4),
        (terms, asked) => {
          const expected = terms.filter(term => term[0] === asked[0] && distance(term, asked) === 1)
          expect(new NearTerms(terms).find(asked)).to.deep.equal(expected)
        },
      ),
      {numRuns: 500},
    )
  })

  it('leave short words, numbers and prefixes alone', () => {
    const near = new NearTerms(['метро', 'мето*', 'мета', '12345'])
    expect(near.find('мета')).to.deep.equal([])
    expect(near.find('12346')).to.deep.equal([])
    expect(near.find('мет*о')).to.deep.equal([])
    expect(near.find('метро')).to.deep.equal([])
    expect(near.find('метор')).to.deep.equal(['метро'])
  })

  it('find a post by a mistyped word, but only where no post has the word as typed', () => {
    const documents = [
      {id: 'a', text: 'Открыли троллейбус'},
      {id: 'b', text: 'Открыли парк'},
      {id: 'c', text: 'Открыли паркет'},
    ]
    const analyser = russianAnalyser()
    const searcher = new Bm25Searcher(indexDocuments(documents, analyser).index, analyser)
    expect(searcher.search('троллейбсу', 3)[0]?.id).to.equal('a')
    expect(searcher.search('тролейбус', 3).map(({id}) => id)).to.deep.equal(['a'])
    expect(searcher.search('слон', 3)).to.deep.equal([])
  })
})
