import {expect} from 'chai'
import * as fc from 'fast-check'
import {fileLines} from '#src/formats/file-line.js'
import {readTrecQrels, printTrecRun} from '#src/formats/trec.js'
import {inTrecOrder} from '#src/retrieval/ranking.js'

const qrels = (text: string) => readTrecQrels(fileLines('my.qrels', text))

describe('printTrecRun', () => {
  it('writes ranks in trec order', () => {
    const lines = [
      ...printTrecRun(
        new Map([
          [
            'q',
            [
              {id: 'a', score: 1},
              {id: 'b', score: 1},
              {id: 'c', score: 2.5},
            ],
          ],
        ]),
        'bm25',
      ),
    ]
    expect(lines).to.deep.equal(['q Q0 c 1 2.5 bm25', 'q Q0 b 2 1 bm25', 'q Q0 a 3 1 bm25'])
  })

  it('is read back with every score to the last digit', () => {
    const score = fc.double({noNaN: true, noDefaultInfinity: true}).map(value => value + 0)
    const ranking = fc.uniqueArray(fc.record({id: fc.stringMatching(/^[\wя-ё😀]{1,6}$/u), score}), {
      selector: ({id}) => id,
      minLength: 1,
    })
    fc.assert(
      fc.property(ranking, documents => {
        const read = Array.from(printTrecRun(new Map([['q', documents]]), 't'), line => line.split(' '))
        expect(read.map(([, , id, , score]) => ({id, score: Number(score)}))).to.deep.equal(inTrecOrder(documents))
      }),
      {numRuns: 200, seed: 1},
    )
  })

  it('refuses ids that the format cannot hold', () => {
    for (const id of ['', 'two words', 'line\nbreak'])
      expect(() => [...printTrecRun(new Map([['q', [{id, score: 1}]]]), 't')], id)
        .to.throw('document id')
        .with.property('code', 'RAG_RUN_UNWRITABLE')
    expect(() => [...printTrecRun(new Map(), 'my run')]).to.throw('tag "my run"')
    expect(() => [...printTrecRun(new Map([['a b', []]]), 't')]).to.throw('query id "a b"')
  })
})

describe('readTrecQrels', () => {
  it('reads judgements, also negative ones', () => {
    expect(qrels('q1 0 a 2\nq1 0 b -1\nq2 0 a 0')).to.deep.equal(
      new Map([
        [
          'q1',
          new Map([
            ['a', 2],
            ['b', -1],
          ]),
        ],
        ['q2', new Map([['a', 0]])],
      ]),
    )
  })

  it('names file and line of what it cannot read', () => {
    const bad: [string, string][] = [
      ['q 0 a 1\nq a 1', 'my.qrels:2: a line of TREC qrels has 4 columns, this one has 3'],
      ['q 0 a high', 'my.qrels:1: the relevance "high" is not a whole number'],
      ['q 0 a 1.5', 'my.qrels:1: the relevance "1.5"'],
      ['q 0 a 1\nq 0 a 1', 'my.qrels:2: document a is judged twice for query q'],
    ]
    for (const [text, message] of bad)
      expect(() => qrels(text), text)
        .to.throw(message)
        .with.property('code', 'RAG_QRELS_UNREADABLE')
  })
})
