import {expect} from 'chai'
import * as fc from 'fast-check'
import {englishAnalyser, russianAnalyser} from '#src/retrieval/analysers.js'
import {Bm25Searcher} from '#src/retrieval/bm25-searcher.js'
import {indexDocuments} from '#src/retrieval/index-documents.js'
import {naiveBm25} from './naive-bm25.ts'
import {documents, text} from './texts.ts'

const plain = russianAnalyser({stem: false, prefixLength: 0})

function searcherOf(texts: Record<string, string>, parameters = {k1: 1.2, b: 0.75}, analyser = plain): Bm25Searcher {
  const list = Object.entries(texts).map(([id, text]) => ({id, text}))
  return new Bm25Searcher(indexDocuments(list, analyser).index, analyser, parameters)
}

describe('Bm25Searcher', () => {
  it('has the score of the pinned formula', () => {
    const searcher = searcherOf({a: 'кот кот пёс', b: 'пёс лиса лиса лиса лиса'})
    const idf = Math.log(1 + (2 - 1 + 0.5) / (1 + 0.5))
    expect(searcher.search('кот', 10)).to.deep.equal([
      {id: 'a', score: idf * (2 / (2 + 1.2 * (1 - 0.75 + (0.75 * 3) / 4)))},
    ])
  })

  it('agrees with the formula written out naively, whatever the texts and knobs', () => {
    const analyser = russianAnalyser()
    const knobs = fc.record({k1: fc.constantFrom(0, 0.9, 1.2, 5), b: fc.constantFrom(0, 0.4, 0.75, 1)})
    fc.assert(
      fc.property(documents, text, knobs, (documents, query, {k1, b}) => {
        const searcher = new Bm25Searcher(indexDocuments(documents, analyser).index, analyser, {k1, b})
        const found = searcher.search(query, 100)
        const naive = naiveBm25(documents, query, analyser, k1, b)
        expect(found.map(({id}) => id)).to.deep.equal(naive.map(({id}) => id))
        for (const [i, {score}] of found.entries()) expect(score).to.be.closeTo(naive[i]!.score, 1e-9)
      }),
      {numRuns: 300, seed: 3},
    )
  })

  it('gives the same answer every time, whatever was asked before', () => {
    const searcher = searcherOf({a: 'кот пёс', b: 'пёс', c: 'лиса'})
    const first = searcher.search('кот пёс', 10)
    searcher.search('лиса пёс', 1)
    expect(searcher.search('кот пёс', 10)).to.deep.equal(first)
  })

  it('breaks ties by id, descending by bytes', () => {
    const same = Object.fromEntries(['a', 'B', '～', '😀', 'd10', 'd9'].map(id => [id, 'кот']))
    const ids = searcherOf(same)
      .search('кот', 10)
      .map(({id}) => id)
    expect(ids).to.deep.equal(['😀', '～', 'd9', 'd10', 'a', 'B'])
    expect(
      searcherOf(same)
        .search('кот', 2)
        .map(({id}) => id),
    ).to.deep.equal(['😀', '～'])
  })

  it('counts a repeated query word as often as it is asked', () => {
    const searcher = searcherOf({a: 'кот', b: 'пёс'})
    expect(searcher.search('кот кот', 1)[0]!.score).to.be.closeTo(2 * searcher.search('кот', 1)[0]!.score, 1e-12)
  })

  it('finds nothing for stop words, unknown words, an empty query or a limit of 0', () => {
    const searcher = searcherOf({a: 'кот и пёс', b: ''})
    for (const query of ['и', 'слон', '', '🙂']) expect(searcher.search(query, 10)).to.deep.equal([])
    expect(searcher.search('кот', 0)).to.deep.equal([])
    expect(searcherOf({}).search('кот', 10)).to.deep.equal([])
  })

  it('refuses an analyser other than the index was made with', () => {
    const {index} = indexDocuments([], plain)
    expect(() => new Bm25Searcher(index, englishAnalyser()))
      .to.throw(/index was made with the analyser ru/)
      .with.property('code', 'RAG_INDEX_SIGNATURE')
  })

  it('refuses knobs out of range', () => {
    expect(() => searcherOf({}, {k1: -1, b: 0.5})).to.throw(RangeError, 'k1')
    expect(() => searcherOf({}, {k1: 1, b: 1.5})).to.throw(RangeError, 'b is 1.5')
  })
})
