import {deepEqual, equal} from 'node:assert/strict'

import type {Filter, FindOptions} from '../../store.js'
import {type Fields, itWithStore, keysOf, readAll, rejectsWithCode, write, type StoreMaker} from './store-suite.js'

const EARLY = new Date('1969-07-20T20:17:40.000Z')
const LATE = new Date('2024-11-03T09:30:00.123Z')

/** One document for each kind of value, named by its key. */
const ZOO: readonly Fields[] = [
  {id: 'missing'},
  {id: 'null', v: null},
  {id: 'minus', v: -5},
  {id: 'zero', v: 0},
  {id: 'one', v: 1},
  {id: 'onehalf', v: 1.5},
  {id: 'huge', v: 2 ** 60},
  {id: 'empty', v: ''},
  {id: 'digit', v: '1'},
  {id: 'Z', v: 'Z'},
  {id: 'a', v: 'a'},
  {id: 'a-nul', v: 'a\u0000b'},
  {id: 'cyrillic', v: 'я'},
  {id: 'bmp', v: '\uFFEE'},
  {id: 'emoji', v: '😀'},
  {id: 'object', v: {x: 1}},
  {id: 'false', v: false},
  {id: 'true', v: true},
  {id: 'early', v: EARLY},
  {id: 'late', v: LATE},
  {id: 'list', v: [1, 'a', LATE]},
  {id: 'empty-list', v: []},
]

// The expected keys follow MongoDB's manual on comparison order, type bracketing, null and array traversal.
const FOUND: readonly [Filter, string][] = [
  [{v: 1}, 'list one'],
  [{v: 2 ** 60}, 'huge'],
  [{v: '1'}, 'digit'],
  [{v: ''}, 'empty'],
  [{v: 'a\u0000b'}, 'a-nul'],
  [{v: true}, 'true'],
  [{v: LATE}, 'late list'],
  [{v: null}, 'missing null'],
  [{v: {$in: []}}, ''],
  [{v: {$in: [null, 1]}}, 'list missing null one'],
  [{v: {$in: ['a', 0, false, EARLY, 2 ** 60]}}, 'a early false huge list zero'],
  [{v: {$gte: 1}}, 'huge list one onehalf'],
  [{v: {$lt: 0}}, 'minus'],
  [{v: {$gte: 0, $lt: 1.5}}, 'list one zero'],
  [{v: {$gte: ''}}, 'Z a a-nul bmp cyrillic digit emoji empty list'],
  [{v: {$gte: 'я'}}, 'bmp cyrillic emoji'],
  [{v: {$gte: '\uFFEE'}}, 'bmp emoji'],
  [{v: {$lt: 'a'}}, 'Z digit empty'],
  [{v: {$gte: false}}, 'false true'],
  [{v: {$lt: true}}, 'false'],
  [{v: {$gte: new Date(0)}}, 'late list'],
  [{v: {$lt: LATE}}, 'early'],
  [{v: {$gte: null}}, 'missing null'],
  [{v: {$lt: null}}, ''],
  [{v: {$gte: 1}, id: {$ne: 'one'}}, 'huge list onehalf'],
  [{v: {$ne: null}}, others('missing', 'null')],
  [{v: {$ne: 1}}, others('one', 'list')],
  [{v: {$ne: 'a'}}, others('a', 'list')],
  [{v: {$ne: LATE}}, others('late', 'list')],
  [{id: 'one'}, 'one'],
  [{id: {$gte: 'o'}}, 'object one onehalf true zero'],
  [{id: {$in: ['one', 'zero', 'nobody']}}, 'one zero'],
  [{}, others()],
]

const NESTED: readonly Fields[] = [
  {id: 'flat', a: 1},
  {id: 'none'},
  {id: 'inside', a: {b: {c: 'x'}}},
  {id: 'null', a: {b: {c: null}}},
  {id: 'dated', a: {b: {c: LATE}}},
  {id: 'list', a: [{b: {c: 'x'}}, {b: {c: 'y'}}]},
  {id: 'deep-list', a: {b: [{c: 1}, {c: 5}]}},
  {id: 'half-list', a: [{b: {c: 'y'}}, {}]},
  {id: 'quoted', "it's": {'с пробелом': 'да'}, 'a-b': {'c@d': 7}},
]

const FOUND_NESTED: readonly [Filter, string][] = [
  [{'a.b.c': 'x'}, 'inside list'],
  [{'a.b.c': 'y'}, 'half-list list'],
  [{'a.b.c': {$gte: 5}}, 'deep-list'],
  [{'a.b.c': {$gte: 2, $lt: 2}}, 'deep-list'],
  [{'a.b.c': LATE}, 'dated'],
  [{'a.b.c': null}, 'flat half-list none null quoted'],
  [{'a.b.c': {$ne: null}}, 'dated deep-list inside list'],
  [{'a.b.c': {$ne: 'y'}}, 'dated deep-list flat inside none null quoted'],
  [{'a.b.c.d': 'x'}, ''],
  [{"it's.с пробелом": 'да'}, 'quoted'],
  [{'a-b.c@d': {$in: [7, 8]}}, 'quoted'],
]

const SORTED: readonly [NonNullable<FindOptions['sort']>, string][] = [
  [
    {v: 1, id: 1},
    'missing null minus zero one onehalf huge empty digit Z a a-nul cyrillic bmp emoji object false true early late',
  ],
  [
    {v: -1, id: -1},
    'late early true false object emoji bmp cyrillic a-nul a Z digit empty huge onehalf one zero minus null missing',
  ],
]

const REFUSED_FILTERS: readonly unknown[] = [
  {v: undefined},
  {v: {}},
  {v: {$in: [undefined]}},
  {v: {$in: 'a'}},
  {v: {$ne: {}}},
  {v: {$gt: 1}},
  {v: {$regex: 'a'}},
  {v: {x: 1}},
  {v: Number.NaN},
  {v: [1]},
  {$or: []},
  {'v.0': 1},
  {'v.$x': 1},
  {'v..x': 1},
  {'v"': 1},
  {'': 1},
  {_id: 1},
]

export function findingContract(makeStore: StoreMaker): void {
  for (const [documents, cases] of [
    [ZOO, FOUND],
    [NESTED, FOUND_NESTED],
  ] as const)
    itWithStore(`finds by ${cases.length} filters what MongoDB finds`, makeStore, async store => {
      await write(store, ...documents)
      for (const [filter, expected] of cases)
        deepEqual(await keysOf(store, filter), words(expected), `filter ${JSON.stringify(filter)}`)
    })

  itWithStore('finds the same with an index, made before or after writing', makeStore, async store => {
    const things = store.collection<Fields>('things')
    await things.ensureIndex({fields: ['v']})
    await write(store, ...ZOO)
    await things.ensureIndex({fields: ['id', 'v']})
    await things.ensureIndex({fields: ['v']})
    for (const [filter, expected] of FOUND)
      deepEqual(await keysOf(store, filter), words(expected), `filter ${JSON.stringify(filter)}`)
  })

  for (const [sort, expected] of SORTED)
    itWithStore(`sorts all kinds of values by ${JSON.stringify(sort)}`, makeStore, async store => {
      await write(store, ...ZOO.filter(({v}) => !Array.isArray(v)))
      deepEqual(await keysOf(store, {}, {sort}), words(expected))
      deepEqual(await keysOf(store, {}, {sort, limit: 3}), words(expected).slice(0, 3))
    })

  itWithStore('sorts by several fields in the order given', makeStore, async store => {
    await write(store, {id: 'a', x: 2, y: {z: 1}}, {id: 'b', x: 1, y: {z: 1}}, {id: 'c', x: 1, y: {z: 2}})
    deepEqual(await keysOf(store, {}, {sort: {'y.z': -1, x: 1}}), ['c', 'b', 'a'])
    deepEqual(await keysOf(store, {}, {sort: {x: 1, id: -1}}), ['c', 'b', 'a'])
    deepEqual(await keysOf(store, {}, {sort: {id: -1}, limit: 2}), ['c', 'b'])
  })

  itWithStore('finds nothing with the limit 0 or where nothing was written', makeStore, async store => {
    deepEqual(await readAll(store, {v: {$ne: 1}}, {sort: {v: 1}}), [])
    await write(store, {id: 'one'})
    deepEqual(await readAll(store, {}, {limit: 0}), [])
  })

  itWithStore('refuses filters, sorts and limits that not every store understands', makeStore, async store => {
    await write(store, {id: 'one'})
    for (const filter of REFUSED_FILTERS) {
      await rejectsWithCode(readAll(store, filter as Filter), 'STORE_FILTER_INVALID')
      await rejectsWithCode(store.collection('things').deleteMany(filter as Filter), 'STORE_FILTER_INVALID')
    }
    for (const options of [{limit: -1}, {limit: 1.5}, {sort: {v: 2}}, {sort: {'a..b': 1}}])
      await rejectsWithCode(readAll(store, {}, options as FindOptions), 'STORE_FILTER_INVALID')
    equal((await readAll(store)).length, 1)
  })

  itWithStore('takes a list of thousands of values', makeStore, async store => {
    await write(store, {id: 'k39999'}, {id: 'other'})
    const $in = Array.from({length: 40_000}, (_, n) => `k${n}`)
    deepEqual(await keysOf(store, {id: {$in}}), ['k39999'])
  })

  itWithStore('lets a loop end early and write what it reads', makeStore, async store => {
    const things = store.collection<Fields>('things')
    await things.upsertMany(
      Array.from({length: 1000}, (_, n) => ({id: `k${n}`, n})),
      'id',
    )
    for await (const _ of things.find()) break
    for await (const document of things.find({n: {$lt: 10}})) await write(store, {...document, seen: true})
    equal((await readAll(store, {seen: true})).length, 10)
    equal(await things.deleteMany({}), 1000)
  })
}

function words(text: string): string[] {
  return text.split(' ').filter(word => word !== '')
}

function others(...without: string[]): string {
  return ZOO.map(({id}) => String(id))
    .filter(id => !without.includes(id))
    .sort()
    .join(' ')
}
