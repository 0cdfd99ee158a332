import {DatabaseSync} from 'node:sqlite'

import {expect} from 'chai'

import {fieldExpression} from '#src/store/sqlite/field-expression.js'
import {lookedAt, type Reading} from '#src/store/sqlite/looked-at.js'

describe('rows that are looked at', () => {
  let database: DatabaseSync
  beforeEach(() => {
    database = new DatabaseSync(':memory:')
    database.exec('CREATE TABLE things (key TEXT PRIMARY KEY NOT NULL, doc TEXT NOT NULL) STRICT')
    for (const [key, colour] of Object.entries({a: 'red', b: 'blue', c: 'red', d: 'green'}))
      database.prepare('INSERT INTO things VALUES (?, ?)').run(key, JSON.stringify({colour}))
  })
  afterEach(() => database.close())

  const colour = fieldExpression('colour')
  const seen = (value: string, rest: Partial<Reading> = {}): unknown[] =>
    [
      ...lookedAt(database, 'things', {
        filter: {sql: `${colour} = ?`, parameters: [value]},
        columns: {name: 'key'},
        ...rest,
      }),
    ].map(row => row?.['name'])

  it('come one by one, also those that are not wanted, so that a signal is heard between them', () => {
    expect(seen('blue')).to.deep.equal([undefined, 'b', undefined, undefined])
    expect(seen('violet')).to.deep.equal([undefined, undefined, undefined, undefined])
  })

  it('are the wanted ones alone where an index leads to them', () => {
    database.exec(`CREATE INDEX by_colour ON things (${colour})`)
    expect(seen('red')).to.deep.equal(['a', 'c'])
    expect(seen('violet')).to.deep.equal([])
  })

  it('keep the order that is asked for, and its bound where they are sorted', () => {
    expect(seen('red', {order: 'ORDER BY key DESC'})).to.deep.equal([undefined, 'c', undefined, 'a'])
    expect(seen('red', {order: `ORDER BY ${colour}, key`, limit: 1})).to.deep.equal(['a'])
  })
})
