import {deepEqual, equal, match} from 'node:assert/strict'

import {itWithStore, keysOf, readAll, rejectsWithCode, write, type StoreMaker} from './store-suite.js'

class Entity {
  readonly id = 'entity'
  readonly left: string | undefined = undefined
  readonly created_at = new Date('2024-11-03T09:30:00.123Z')
}

/** Values that each store must give back as they were. */
const KEPT: Readonly<Record<string, unknown>> = {
  'empty text': '',
  'text with quotes and backslashes': `"\\'\`\\u0041`,
  'U+0000 inside text': 'before\u0000after',
  'line and paragraph separators': '\u2028\u2029',
  'emoji with joiners': '👩‍👩‍👧‍👦🏳️‍🌈',
  'text beyond the basic plane': '𝔘𝔫𝔦𝔠𝔬𝔡𝔢 😀',
  'text that looks like Extended JSON': '{"$date":"2024-01-01T00:00:00Z"}',
  'right-to-left and combining marks': '\u202Eالعربية\u202C и\u0306й',
  'a megabyte of Russian text': 'Длинный текст. '.repeat(70_000),
  'the largest safe integer': Number.MAX_SAFE_INTEGER,
  'an integer beyond 2^53': 2 ** 60,
  'the smallest 64-bit integer': -(2 ** 63),
  'the largest number': Number.MAX_VALUE,
  'the smallest number': Number.MIN_VALUE,
  'a fraction without a short binary form': 0.1 + 0.2,
  'a large number': 1e300,
  false: false,
  null: null,
  'a date with milliseconds': new Date('2024-11-03T09:30:00.123Z'),
  'a date before 1970': new Date('1861-03-03T00:00:00.000Z'),
  'the last date': new Date('9999-12-31T23:59:59.999Z'),
  'an empty object': {},
  'an empty array': [],
  'objects in arrays in objects': {a: [{b: [{c: new Date(0)}, null, 'x']}]},
  'fields named like methods': {constructor: 1, toString: 'x', hasOwnProperty: null},
  'unusual field names': {'поле с пробелом': 1, 'quote"d': 2, '': 3, a$: 4, '😀': 5, 'back\\slash': 6},
  '90 levels': nested(90),
}

/** Values that not every store could hold, so that all of them refuse. */
const REFUSED: Readonly<Record<string, unknown>> = {
  NaN: Number.NaN,
  infinity: -Infinity,
  'an invalid date': new Date('no date'),
  'a date beyond the year 9999': new Date('+010000-01-01T00:00:00.000Z'),
  'half of a surrogate pair': 'x\uD83D',
  'a bigint': 1n,
  'a function': () => 1,
  'a map': new Map([['a', 1]]),
  'a buffer': new Uint8Array([1]),
  'a field that starts with $': {$date: '2024-01-01T00:00:00Z'},
  'a field with a dot': {'v1.2': true},
  'a field with U+0000': {'a\u0000': 1},
  'a field with half of a surrogate pair': {'\uDC00': 1},
  'a field named __proto__': JSON.parse('{"__proto__": {"x": 1}}'),
  'a field with the mark of BSON types': {_bsontype: 'ObjectId'},
  'more than 100 levels': nested(120),
  'more than 16 MiB': 'x'.repeat(17 * 1024 * 1024),
}

export function valuesContract(makeStore: StoreMaker): void {
  for (const [title, value] of Object.entries(KEPT))
    itWithStore(`keeps ${title}`, makeStore, async store => {
      await write(store, {id: 'one', value})
      deepEqual(await readAll(store), [{id: 'one', value}])
      const again = await store.collection('things').upsertMany([{id: 'one', value}], 'id' as never)
      deepEqual(again, {inserted: 0, updated: 0, unchanged: 1})
    })

  for (const [title, value] of Object.entries(REFUSED))
    itWithStore(`refuses ${title}`, makeStore, async store => {
      await write(store, {id: 'before'})
      await rejectsWithCode(write(store, {id: 'bad', inside: [{value}]}), 'STORE_VALUE_REFUSED')
      deepEqual(await keysOf(store), ['before'])
    })

  itWithStore('names the collection, the document and the field of a refused value', makeStore, async store => {
    const error: unknown = await write(store, {id: 'bad', posts: [{}, {views: Number.NaN}]}).catch((e: unknown) => e)
    match((error as Error).message, /^things, document bad: field posts\[1\]\.views is NaN$/u)
  })

  itWithStore('refuses a document with an _id of its own', makeStore, async store => {
    await rejectsWithCode(write(store, {id: 'bad', _id: 1}), 'STORE_VALUE_REFUSED')
  })

  itWithStore('keeps the fields of class instances and leaves out undefined ones', makeStore, async store => {
    await store.collection<Entity>('things').upsertMany([new Entity()], 'id')
    deepEqual(await readAll(store), [{id: 'entity', created_at: new Date('2024-11-03T09:30:00.123Z')}])
  })

  itWithStore('keeps the place of an undefined array element as null', makeStore, async store => {
    await write(store, {id: 'one', list: [undefined, 1]})
    deepEqual(await readAll(store), [{id: 'one', list: [null, 1]}])
  })

  itWithStore('gives copies: changing a document changes nothing in the store', makeStore, async store => {
    const document = {id: 'one', inside: {list: [1]}}
    await write(store, document)
    document.inside.list.push(2)
    const [read] = await readAll(store)
    equal(JSON.stringify(read?.['inside']), '{"list":[1]}')
    Object.assign(read ?? {}, {inside: null})
    deepEqual(await readAll(store), [{id: 'one', inside: {list: [1]}}])
  })
}

function nested(levels: number): object {
  let value: object = {leaf: true}
  for (let level = 1; level < levels; level += 1) value = {inside: value}
  return value
}
