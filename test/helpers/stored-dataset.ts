import {openStore} from '#src/store/open-store.js'

type Fields = Record<string, unknown>

/** What differs between two runs by its nature: measured times, and who measured them. */
const MEASURED = new Set(['latency_seconds', 'run_id', 'trace_id'])

/** All digests and review reports of a store by key, without measured fields. */
export async function storedDataset(location: string): Promise<Record<string, Fields[]>> {
  const store = await openStore(location)
  try {
    const digests = await Array.fromAsync(store.collection<Fields>('digests').find({}, {sort: {digest_id: 1}}))
    const reviews = await Array.fromAsync(store.collection<Fields>('review_reports').find({}, {sort: {report_id: 1}}))
    return {digests: digests.map(withoutMeasured), reviews: reviews.map(withoutMeasured)}
  } finally {
    await store.dispose()
  }
}

function withoutMeasured(value: Fields): Fields {
  return strip(value) as Fields
}

function strip(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strip)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  const kept = Object.entries(value).filter(([name]) => !MEASURED.has(name))
  return Object.fromEntries(kept.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, part]) => [name, strip(part)]))
}
