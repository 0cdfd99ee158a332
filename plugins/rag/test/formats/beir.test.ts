import {expect} from 'chai'

import {readBeirCorpus, readBeirQrels, readBeirQueries} from '#src/formats/beir.js'
import {fileLines} from '#src/formats/file-line.js'

const lines = (file: string, ...records: unknown[]) =>
  fileLines(file, records.map(record => (typeof record === 'string' ? record : JSON.stringify(record))).join('\n'))

describe('readBeirCorpus', () => {
  it('joins title and text', () => {
    const corpus = lines(
      'corpus.jsonl',
      {_id: 'd1', title: 'Заголовок', text: 'Текст', metadata: {}},
      {_id: 'd2', title: '', text: 'Без\u2028заголовка'},
      {_id: 'd3', text: ''},
    )
    expect([...readBeirCorpus(corpus)]).to.deep.equal([
      {id: 'd1', text: 'Заголовок\nТекст'},
      {id: 'd2', text: 'Без\u2028заголовка'},
      {id: 'd3', text: ''},
    ])
  })

  it('names file and line of what it cannot read', () => {
    const bad: [unknown, string][] = [
      ['{"_id": ', 'corpus.jsonl:2: the line is not JSON'],
      [[1], 'corpus.jsonl:2: the line is not a JSON object'],
      ['null', 'corpus.jsonl:2: the line is not a JSON object'],
      [{text: 'x'}, 'corpus.jsonl:2: _id is not a string'],
      [{_id: '', text: 'x'}, 'corpus.jsonl:2: _id is not a string'],
      [{_id: 7, text: 'x'}, 'corpus.jsonl:2: _id is not a string'],
      [{_id: 'b'}, 'corpus.jsonl:2: text of b is not a string'],
      [{_id: 'b', title: 1, text: 'x'}, 'corpus.jsonl:2: title of b is not a string'],
      [{_id: 'a', text: 'x'}, 'corpus.jsonl:2: the _id a occurs twice'],
    ]
    for (const [record, message] of bad)
      expect(() => [...readBeirCorpus(lines('corpus.jsonl', {_id: 'a', text: 'x'}, record))], message)
        .to.throw(message)
        .with.property('code', 'RAG_BEIR_UNREADABLE')
  })
})

describe('readBeirQueries', () => {
  it('reads ids and texts', () => {
    expect([...readBeirQueries(lines('queries.jsonl', {_id: 'q1', text: 'Кто?'}))]).to.deep.equal([
      {id: 'q1', text: 'Кто?'},
    ])
  })
})

describe('readBeirQrels', () => {
  it('passes over the header and keeps ids with spaces', () => {
    const qrels = readBeirQrels(fileLines('test.tsv', 'query-id\tcorpus-id\tscore\nq 1\td 1\t2\nq 1\td2\t0\n'))
    expect(qrels).to.deep.equal(
      new Map([
        [
          'q 1',
          new Map([
            ['d 1', 2],
            ['d2', 0],
          ]),
        ],
      ]),
    )
  })

  it('reads a file without a header too', () => {
    expect(readBeirQrels(fileLines('test.tsv', 'q1\td1\t1')).get('q1')?.get('d1')).to.equal(1)
  })

  it('names file and line of what it cannot read', () => {
    const bad: [string, string][] = [
      ['q1\td1', 'test.tsv:1: a line of BEIR qrels has 3 columns, this one has 2'],
      ['query-id\tcorpus-id\tscore\nq1\td1\tscore', 'test.tsv:2: the relevance "score" is not a whole number'],
    ]
    for (const [text, message] of bad)
      expect(() => readBeirQrels(fileLines('test.tsv', text)), text)
        .to.throw(message)
        .with.property('code', 'RAG_QRELS_UNREADABLE')
  })
})
