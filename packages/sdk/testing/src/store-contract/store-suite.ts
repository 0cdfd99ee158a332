import {type Filter, type FindOptions, hasCode, type Store} from '@ep23/sdk'
import {rejects} from 'node:assert/strict'

interface MochaGlobals {
  describe: (title: string, body: () => void) => void
  it: (title: string, body: () => Promise<void>) => void
}

export type StoreMaker = () => Promise<Store>
export type TestDocument = Record<string, unknown>

export function describe(title: string, body: () => void): void {
  mocha().describe(title, body)
}

/** A test with a store of its own, disposed of however the test ends. */
export function itWithStore(title: string, makeStore: StoreMaker, body: (store: Store) => Promise<void>): void {
  mocha().it(title, async () => {
    const store = await makeStore()
    try {
      await body(store)
    } finally {
      await store.dispose()
    }
  })
}

export async function readAll(store: Store, filter?: Filter, options?: FindOptions): Promise<TestDocument[]> {
  const documents: TestDocument[] = []
  for await (const document of store.collection<TestDocument>('things').find(filter, options)) documents.push(document)
  return documents
}

/** The natural keys of what a filter finds, in alphabetical order unless a sort is given. */
export async function keysOf(store: Store, filter?: Filter, options?: FindOptions): Promise<string[]> {
  const keys = (await readAll(store, filter, options)).map(document => String(document['id']))
  return options?.sort ? keys : keys.sort()
}

export async function write(store: Store, ...documents: TestDocument[]): Promise<void> {
  await store.collection<TestDocument>('things').upsertMany(documents, 'id')
}

export async function rejectsWithCode(promise: Promise<unknown>, code: string): Promise<void> {
  await rejects(promise, error => hasCode(error, code))
}

// Typed here because the sdk depends on no test runner.
function mocha(): MochaGlobals {
  return globalThis as unknown as MochaGlobals
}
