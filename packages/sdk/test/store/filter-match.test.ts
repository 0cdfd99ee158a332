import {expect} from 'chai'

import {matches} from '#src/store/filter-match.js'
import {filterClauses} from '#src/store/filter.js'
import type {Filter} from '#src/store/store.js'

// Arrays and null, after jstests/core/null2.js and null_query_semantics.js of mongodb/mongo.
const DOCUMENTS: Readonly<Record<string, object>> = {
  'no a': {},
  'a null': {a: null},
  'a number': {a: 4},
  'a empty object': {a: {}},
  'a.b null': {a: {b: null}},
  'a.b text': {a: {b: 'hi'}},
  'empty array': {a: []},
  'array of arrays': {a: [[]]},
  'objects, some b null': {a: [{b: null}, {b: 3}]},
  'objects, some b missing': {a: [{b: 3}, {}]},
  'objects, no b null': {a: [{b: 1}, {b: 3}]},
  'values, all null': {a: [null, null]},
  'values, no null': {a: [1, 'text']},
  'value and object': {a: [5, {b: 5}]},
  'arrays in objects': {a: [{b: [1, 5]}]},
}

const CASES: readonly [Filter, readonly string[]][] = [
  [{a: null}, ['no a', 'a null', 'values, all null']],
  [
    {'a.b': null},
    ['no a', 'a null', 'a number', 'a empty object', 'a.b null', 'objects, some b null', 'objects, some b missing'],
  ],
  [{'a.b': {$gte: 2, $lt: 2}}, ['objects, no b null', 'arrays in objects']],
  [{'a.b': 5}, ['value and object', 'arrays in objects']],
  [{a: {$in: ['text', 4]}}, ['a number', 'values, no null']],
]

describe('matches', () => {
  for (const [filter, expected] of CASES)
    it(`finds by ${JSON.stringify(filter)} what MongoDB finds`, () => {
      const clauses = filterClauses(filter)
      const found = Object.keys(DOCUMENTS).filter(name => matches(clauses, DOCUMENTS[name] ?? {}))
      expect(found).to.have.members(expected)
    })

  it('does not take inherited methods for fields', () => {
    expect(matches(filterClauses({'a.constructor': null}), {a: {}})).to.equal(true)
  })

  it('finds by $ne exactly what equality does not find', () => {
    for (const field of ['a', 'a.b'])
      for (const value of [null, 3, 5, 'text']) {
        const [equal, unequal] = [{[field]: value}, {[field]: {$ne: value}}].map(filterClauses)
        for (const document of Object.values(DOCUMENTS))
          expect(matches(unequal ?? [], document)).to.equal(!matches(equal ?? [], document))
      }
  })
})
