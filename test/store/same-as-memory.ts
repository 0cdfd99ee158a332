import type {Filter, Store, Tally} from '@ep23/sdk'
import {memoryStore} from '@ep23/sdk/testing'
import {expect} from 'chai'
import * as fc from 'fast-check'

const FIELDS = ['a', 'b', 'c']
const PATHS = ['a', 'b', 'c', 'a.a', 'a.b', 'b.c', 'a.b.c', 'c.a.b', 's']

const scalar = fc.oneof(
  fc.constantFrom('', 'a', 'b', 'я', '😀', '\uFFEE', '1', null, true, false, 0, -0, 1, 2, 2.5, -1, 2 ** 60),
  fc.string({unit: 'binary', maxLength: 4}),
  fc.double({noNaN: true, noDefaultInfinity: true}),
  fc.integer(),
  fc.date({min: new Date('0000-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true}),
)

const condition = fc.oneof(
  scalar,
  fc.record({$in: fc.array(scalar, {maxLength: 4})}),
  fc.record({$ne: scalar}),
  fc.record({$gte: scalar, $lt: scalar}, {requiredKeys: []}).filter(bounds => Object.keys(bounds).length > 0),
)

export interface Differences {
  runs: number
  /** Also documents with arrays, and with -0. FerretDB takes a path that meets an array otherwise than MongoDB, and -0 for 0. */
  special: boolean
}

/** Random documents and filters: whatever the memory store answers, this one does too. */
export async function answersAsMemory(store: Store, {runs, special}: Differences): Promise<void> {
  const filter = fc.dictionary(fc.constantFrom(...PATHS), condition, {maxKeys: 3})
  const sort = fc.record({s: fc.constantFrom(1 as const, -1 as const)}, {requiredKeys: []})
  const property = fc.asyncProperty(
    fc.array(documentOf(special), {maxLength: 12}),
    fc.array(filter, {minLength: 1, maxLength: 5}),
    sort,
    async (contents, filters, order) => {
      const documents = contents.map((content, n) => ({...content, id: `k${n % 10}`}))
      const expected = await answers(memoryStore(), documents, filters, order)
      expect(await answers(store, documents, filters, order)).to.deep.equal(expected)
    },
  )
  await fc.assert(property, {numRuns: runs})
}

function documentOf(special: boolean) {
  const plain = special ? scalar : scalar.map(value => (Object.is(value, -0) ? 0 : value))
  const {value} = fc.letrec<{value: unknown; object: object}>(tie => ({
    object: fc.dictionary(fc.constantFrom(...FIELDS), tie('value'), {maxKeys: 3}),
    value: fc.oneof(
      {depthSize: 'small', withCrossShrink: true},
      plain,
      tie('object'),
      ...(special ? [fc.array(tie('value'), {maxLength: 3})] : []),
    ),
  }))
  return fc.record({a: value, b: value, c: value, s: plain}, {requiredKeys: []})
}

function groups(tally: readonly Tally[]): string[] {
  const kind = (text: string | null | undefined): string => (text === undefined ? 'other' : JSON.stringify(text))
  return tally.map(({texts, isDated, count}) => `${kind(texts['s'])} ${isDated} ${count}`).sort()
}

async function answers(store: Store, documents: object[], filters: Filter[], order: {s?: 1 | -1}): Promise<unknown[]> {
  const things = store.collection<{id: string}>('things')
  const seen: unknown[] = [await things.deleteMany({}).then(() => 'emptied')]
  seen.push(await things.upsertMany(documents as {id: string}[], 'id'))
  for (const filter of filters) {
    const found = []
    for await (const document of things.find(filter, {sort: {...order, id: 1}})) found.push(document)
    seen.push(found, await things.countBy(filter, 's'), groups(await things.tally(filter, {texts: ['s'], date: 'a'})))
  }
  for (const filter of filters) seen.push(await things.deleteMany(filter))
  return seen
}
