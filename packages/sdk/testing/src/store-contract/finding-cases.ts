import type {Filter, FindOptions} from '@ep23/sdk'
import type {TestDocument} from './store-suite.js'

const EARLY = new Date('1969-07-20T20:17:40.000Z')
const LATE = new Date('2024-11-03T09:30:00.123Z')

/** One document for each kind of value, named by its key. */
export const ZOO: readonly TestDocument[] = [
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
export const FOUND: readonly [Filter, string][] = [
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

export const NESTED: readonly TestDocument[] = [
  {id: 'flat', a: 1},
  {id: 'none'},
  {id: 'inside', a: {b: {c: 'x'}}},
  {id: 'null', a: {b: {c: null}}},
  {id: 'dated', a: {b: {c: LATE}}},
  {id: 'list', a: [{b: {c: 'x'}}, {b: {c: 'y'}}]},
  {id: 'deep-list', a: {b: [{c: 1}, {c: 5}]}},
  {id: 'quoted', "it's": {'с пробелом': 'да'}, 'a-b': {'c@d': 7}},
]

export const FOUND_NESTED: readonly [Filter, string][] = [
  [{'a.b.c': 'x'}, 'inside list'],
  [{'a.b.c': 'y'}, 'list'],
  [{'a.b.c': {$gte: 5}}, 'deep-list'],
  [{'a.b.c': LATE}, 'dated'],
  [{'a.b.c': null}, 'flat none null quoted'],
  [{'a.b.c': {$ne: null}}, 'dated deep-list inside list'],
  [{'a.b.c': {$ne: 'z'}}, 'dated deep-list flat inside list none null quoted'],
  [{'a.b.c.d': 'x'}, ''],
  [{"it's.с пробелом": 'да'}, 'quoted'],
  [{'a-b.c@d': {$in: [7, 8]}}, 'quoted'],
]

export const SORTED: readonly [NonNullable<FindOptions['sort']>, string][] = [
  [
    {v: 1, id: 1},
    'missing null minus zero one onehalf huge empty digit Z a a-nul cyrillic bmp emoji object false true early late',
  ],
  [
    {v: -1, id: -1},
    'late early true false object emoji bmp cyrillic a-nul a Z digit empty huge onehalf one zero minus null missing',
  ],
]

export const REFUSED_FILTERS: readonly unknown[] = [
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

function others(...without: string[]): string {
  return ZOO.map(({id}) => String(id))
    .filter(id => !without.includes(id))
    .sort()
    .join(' ')
}
