import {expect} from 'chai'
import * as fc from 'fast-check'
import type {Analyser} from '#src/retrieval/analyser.js'
import {englishAnalyser, russianAnalyser} from '#src/retrieval/analysers.js'
import type {Bm25Index} from '#src/retrieval/bm25-index.js'
import {Bm25Searcher} from '#src/retrieval/bm25-searcher.js'
import {indexDocuments} from '#src/retrieval/index-documents.js'
import {documents, text} from './texts.ts'

const analyser = russianAnalyser()

function counting(): {analyser: Analyser; texts: string[]} {
  const texts: string[] = []
  return {texts, analyser: {...analyser, tokens: text => (texts.push(text), analyser.tokens(text))}}
}

function answers(index: Bm25Index, query: string) {
  return new Bm25Searcher(index, analyser).search(query, 100)
}

describe('indexDocuments', () => {
  it('does not analyse again what has the same text', () => {
    const before = [
      {id: 'a', text: 'кот'},
      {id: 'b', text: 'пёс'},
      {id: 'c', text: 'лиса'},
    ]
    const {index} = indexDocuments(before, analyser)
    const {analyser: watched, texts} = counting()
    const after = [
      {id: 'd', text: 'волк'},
      {id: 'b', text: 'пёс и кот'},
      {id: 'a', text: 'кот'},
    ]
    const result = indexDocuments(after, watched, index)
    expect(texts).to.deep.equal(['волк', 'пёс и кот'])
    expect(result).to.include({analysed: 2, unchanged: 1, removed: 1})
    expect(result.index.ids).to.deep.equal(['a', 'b', 'd'])
    expect(answers(result.index, 'лиса')).to.deep.equal([])
  })

  it('searches after an update exactly as an index built anew', () => {
    fc.assert(
      fc.property(documents, documents, text, (before, after, query) => {
        const updated = indexDocuments(after, analyser, indexDocuments(before, analyser).index).index
        const anew = indexDocuments(after, analyser).index
        expect(answers(updated, query)).to.deep.equal(answers(anew, query))
        expect(new Set(updated.terms)).to.deep.equal(new Set(anew.terms))
        expect([...updated.lengths]).to.deep.equal([...anew.lengths])
      }),
      {numRuns: 300, seed: 5},
    )
  })

  it('does not depend on the order of the documents', () => {
    fc.assert(
      fc.property(documents, text, (documents, query) => {
        const [forward, backward] = [documents, documents.toReversed()].map(
          list => indexDocuments(list, analyser).index,
        )
        expect(answers(forward!, query)).to.deep.equal(answers(backward!, query))
      }),
      {numRuns: 100, seed: 6},
    )
  })

  it('keeps the previous index as it was', () => {
    const {index} = indexDocuments([{id: 'a', text: 'кот пёс'}], analyser)
    const before = structuredClone(index)
    indexDocuments([{id: 'a', text: 'лиса'}], analyser, index)
    expect(structuredClone(index)).to.deep.equal(before)
  })

  it('refuses an id that occurs twice and an index of another analyser', () => {
    const twice = [
      {id: 'a', text: 'кот'},
      {id: 'a', text: 'пёс'},
    ]
    expect(() => indexDocuments(twice, analyser))
      .to.throw('a occurs twice')
      .with.property('code', 'RAG_DOCUMENT_TWICE')
    const english = indexDocuments([], englishAnalyser()).index
    expect(() => indexDocuments([], analyser, english))
      .to.throw()
      .with.property('code', 'RAG_INDEX_SIGNATURE')
  })
})
