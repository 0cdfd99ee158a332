import {expect} from 'chai'

import {Labelling} from '#src/usecases/labelling.js'

const QUERIES = [
  {id: 'q1', text: 'метро', documents: ['a', 'b', 'c']},
  {id: 'q2', text: 'погода', documents: ['b', 'd']},
]
const start = (judged: Record<string, Record<string, number>> = {}) =>
  new Labelling(
    QUERIES,
    new Map(Object.entries(judged).map(([query, grades]) => [query, new Map(Object.entries(grades))])),
  )
const at = ({pair: {query, document}}: Labelling) => `${query.id}/${document}`

describe('Labelling', () => {
  it('starts at the first pair without a judgement, and goes from one to the next', () => {
    const labelling = start({q1: {a: 2}, q2: {b: 0}})
    expect(at(labelling)).to.equal('q1/b')
    expect(labelling.grade(3)).to.deep.equal({query: 'q1', document: 'b', grade: 3})
    expect(at(labelling)).to.equal('q1/c')
    labelling.skip()
    expect(at(labelling)).to.equal('q2/d')
    labelling.grade(1)
    expect(at(labelling)).to.equal('q1/c')
    expect(labelling.judged).to.equal(4)
  })

  it('takes judgements back one by one, to what stood there before', () => {
    const labelling = start({q1: {a: 2}})
    labelling.move(-1)
    labelling.grade(0)
    labelling.grade(1)
    expect(labelling.undo()).to.deep.equal({query: 'q1', document: 'b', grade: undefined})
    expect(at(labelling)).to.equal('q1/b')
    expect(labelling.undo()).to.deep.equal({query: 'q1', document: 'a', grade: 2})
    expect(at(labelling)).to.equal('q1/a')
    expect(labelling.undo()).to.equal(undefined)
    expect(labelling.judged).to.equal(1)
  })

  it('moves between pairs and queries, and not beyond the ends', () => {
    const labelling = start({q2: {b: 1}})
    labelling.move(-1)
    expect(at(labelling)).to.equal('q1/a')
    labelling.moveQuery(1)
    expect(at(labelling)).to.equal('q2/d')
    labelling.move(1)
    labelling.moveQuery(1)
    expect(at(labelling)).to.equal('q2/d')
    labelling.moveQuery(-1)
    expect(at(labelling)).to.equal('q1/a')
  })

  it('stays where it is when all is judged', () => {
    const labelling = start({q1: {a: 0, b: 0, c: 0}, q2: {b: 0}})
    labelling.grade(2)
    expect(at(labelling)).to.equal('q2/d')
    expect(labelling.judged).to.equal(labelling.pairs.length)
  })
})
