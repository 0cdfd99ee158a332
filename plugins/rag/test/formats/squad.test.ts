import {expect} from 'chai'

import {readSquad} from '#src/formats/squad.js'

const read = (root: unknown) => readSquad('dev.json', JSON.stringify(root))
const inside = (value: unknown) => ({data: [{paragraphs: [value]}]})
const paragraph = (context: unknown, ...qas: unknown[]) => ({context, qas})

describe('readSquad', () => {
  it('makes each paragraph a document and the answer of its questions', () => {
    const {documents, queries, qrels} = read({
      version: '1.1',
      data: [
        {title: 'A', paragraphs: [paragraph('первый', {id: 'q1', question: 'Кто?', answers: []}), paragraph('второй')]},
        {title: 'A', paragraphs: [paragraph('третий', {id: 'q2', question: 'Где?'})]},
      ],
    })
    expect(documents).to.deep.equal([
      {id: '1.1', text: 'первый'},
      {id: '1.2', text: 'второй'},
      {id: '2.1', text: 'третий'},
    ])
    expect(queries).to.deep.equal([
      {id: 'q1', text: 'Кто?'},
      {id: 'q2', text: 'Где?'},
    ])
    expect(qrels.get('q2')).to.deep.equal(new Map([['2.1', 1]]))
  })

  it('leaves out questions that have no answer', () => {
    const qas = [
      {id: 'q1', question: 'Кто?', is_impossible: true},
      {id: 'q2', question: 'Где?', is_impossible: false},
    ]
    expect([...read({data: [{paragraphs: [paragraph('текст', ...qas)]}]}).qrels.keys()]).to.deep.equal(['q2'])
  })

  it('names the place of what it cannot read', () => {
    const bad: [unknown, string][] = [
      [[], 'dev.json: the file is not an object'],
      [{}, 'dev.json: data is not an array'],
      [{data: [1]}, 'dev.json: data[0] is not an object'],
      [{data: [{}]}, 'dev.json: data[0].paragraphs is not an array'],
      [inside(null), 'data[0].paragraphs[0] is not an object'],
      [inside(paragraph(1)), 'data[0].paragraphs[0].context is not a string'],
      [inside({context: 'x'}), 'data[0].paragraphs[0].qas is not an array'],
      [inside(paragraph('x', {question: 'y'})), 'data[0].paragraphs[0].qas[0].id is not a string'],
      [inside(paragraph('x', {id: 'y'})), 'data[0].paragraphs[0].qas[0].question is not a string'],
      [inside(paragraph('x', {id: 'y', question: 'a'}, {id: 'y', question: 'b'})), 'the question id y occurs twice'],
    ]
    for (const [root, message] of bad)
      expect(() => read(root), message)
        .to.throw(message)
        .with.property('code', 'RAG_SQUAD_UNREADABLE')
    expect(() => readSquad('dev.json', '{')).to.throw('dev.json: not JSON')
  })
})
