import {expect} from 'chai'
import * as fc from 'fast-check'
import {russianAnalyser} from '#src/retrieval/analysers.js'
import {decodeIndex, encodeIndex, decodePostings, encodePostings} from '#src/retrieval/index-codec.js'
import {indexDocuments} from '#src/retrieval/index-documents.js'
import {documents} from './texts.ts'

const analyser = russianAnalyser()

function encoded(): Buffer {
  return encodeIndex(
    indexDocuments(
      [
        {id: 'a', text: 'кот кот пёс'},
        {id: 'b\n"\u2028', text: 'лиса'},
      ],
      analyser,
    ).index,
  )
}

function codeOf(action: () => unknown): string | undefined {
  try {
    action()
  } catch (error) {
    return (error as {code?: string}).code
  }
  return undefined
}

describe('decodeIndex', () => {
  it('reads what encodeIndex wrote', () => {
    fc.assert(
      fc.property(documents, documents => {
        const {index} = indexDocuments(documents, analyser)
        expect(decodeIndex(encodeIndex(index), 'index')).to.deep.equal(index)
      }),
      {numRuns: 100, seed: 1},
    )
  })

  it('reads an index without documents', () => {
    const {index} = indexDocuments([], analyser)
    expect(decodeIndex(encodeIndex(index), 'index').ids).to.deep.equal([])
  })

  it('gives equal bytes for equal documents', () => {
    expect(encoded().equals(encoded())).to.equal(true)
  })

  it('finds every flipped byte and every cut', () => {
    const bytes = encoded()
    for (let place = 0; place < bytes.length; place++) {
      const flipped = Buffer.from(bytes)
      flipped[place]! ^= 1
      expect(
        codeOf(() => decodeIndex(flipped, 'index')),
        `byte ${place}`,
      ).to.match(/^RAG_INDEX_/)
      expect(
        codeOf(() => decodeIndex(bytes.subarray(0, place), 'index')),
        `cut ${place}`,
      ).to.match(/^RAG_INDEX_/)
    }
  })

  it('tells another file, another version and damage apart', () => {
    const bytes = encoded()
    const later = Buffer.from(bytes)
    later.writeUInt32LE(2, 8)
    const damaged = Buffer.from(bytes)
    damaged[60]! ^= 1
    expect(codeOf(() => decodeIndex(Buffer.from('{"ids": []}'), 'x.json'))).to.equal('RAG_INDEX_UNREADABLE')
    expect(codeOf(() => decodeIndex(later, 'index'))).to.equal('RAG_INDEX_VERSION')
    expect(codeOf(() => decodeIndex(damaged, 'index'))).to.equal('RAG_INDEX_DAMAGED')
    expect(() => decodeIndex(later, 'store.bm25')).to.throw(
      'store.bm25 has index version 2, this program reads version 1',
    )
  })

  it('reads from a view into larger memory', () => {
    const bytes = encoded()
    const larger = new Uint8Array(bytes.length + 3)
    larger.set(bytes, 3)
    expect(decodeIndex(larger.subarray(3), 'index').ids).to.have.length(2)
  })
})

describe('encodePostings', () => {
  it('keeps large numbers', () => {
    const postings = {
      starts: Uint32Array.of(0, 2, 2, 3),
      columns: Uint32Array.of(5, 2 ** 31 - 1, 1_000_000),
      counts: Uint32Array.of(2 ** 32 - 1, 1, 128),
    }
    expect(decodePostings(encodePostings(postings), 3, 3)).to.deep.equal(postings)
  })

  it('takes one byte for a term seen once in each of neighbouring documents', () => {
    const documents = Uint32Array.from({length: 100}, (_, i) => i)
    const postings = {starts: Uint32Array.of(0, 100), columns: documents, counts: new Uint32Array(100).fill(1)}
    expect(encodePostings(postings)).to.have.length(101)
  })

  it('grows beyond its first buffer', () => {
    const documents = Uint32Array.from({length: 100_000}, (_, i) => i * 20_000)
    const postings = {starts: Uint32Array.of(0, 100_000), columns: documents, counts: new Uint32Array(100_000).fill(3)}
    expect(decodePostings(encodePostings(postings), 1, 100_000)).to.deep.equal(postings)
  })

  it('refuses bytes that end too early', () => {
    expect(() => decodePostings(Uint8Array.of(2, 0x80), 1, 2)).to.throw(RangeError, 'end in the middle')
  })
})
