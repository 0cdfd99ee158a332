// Small documents a second through the embedded store, as ratios to a bare loop over a prepared statement in the same run:
//
//   node bench/sqlite-upsert.ts [--documents N] [--rounds N]
//
// The documents are spans as telemetry writes them, some 270 bytes of JSON. The baseline inserts JSON.stringify of the same
// documents, in keys' order of arrival, into the same table with the same settings and transactions of the same size: no
// canonical text, no check of values, no comparison with what is stored, no counts. Both take turns; medians are printed.
// Then: the same documents again (unchanged), all of them changed, with two indexes, and read as a stream.
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {DatabaseSync} from 'node:sqlite'
import {parseArgs} from 'node:util'

import {openStore} from '../dist/store/open-store.js'

const AIM_PER_SECOND = 50_000
const BATCH = 2000

const {values: flags} = parseArgs({
  options: {documents: {type: 'string', default: '200000'}, rounds: {type: 'string', default: '5'}},
})
const count = Number(flags.documents)
const folder = mkdtempSync(join(tmpdir(), 'ep23-bench-'))
let files = 0

interface Span {
  span_id: string
  status: string
}

function* spans(status: string): Generator<Span> {
  for (let n = 0; n < count; n += 1)
    yield {
      span_id: `span-${String(n).padStart(8, '0')}`,
      trace_id: '4bf92f3577b34da6a3ce929d0e0e4736',
      name: 'dataset:seed read sources',
      started_at: new Date(1_730_000_000_000 + n),
      duration_seconds: 0.125 + n,
      attributes: {channel: '@habr', stage: 'read', posts: n},
      run_id: '01JBQ0000000000000000000',
      status,
    } as Span
}

async function measureStore(indexed: boolean): Promise<Record<string, number>> {
  const store = await openStore(join(folder, `store-${(files += 1)}.sqlite`))
  const collection = store.collection<Span>('ep23_spans')
  if (indexed) {
    await collection.ensureIndex({fields: ['trace_id']})
    await collection.ensureIndex({fields: ['started_at']})
    const rates = {'new, two indexes': await perSecond(() => collection.upsertMany(spans('ok'), 'span_id'))}
    await store.dispose()
    return rates
  }
  const rates = {
    new: await perSecond(() => collection.upsertMany(spans('ok'), 'span_id')),
    unchanged: await perSecond(() => collection.upsertMany(spans('ok'), 'span_id')),
    changed: await perSecond(() => collection.upsertMany(spans('failed'), 'span_id')),
    read: await perSecond(async () => {
      for await (const _ of collection.find()) continue
    }),
  }
  await store.dispose()
  return rates
}

async function measureBareLoop(): Promise<Record<string, number>> {
  const database = new DatabaseSync(join(folder, `bare-${(files += 1)}.sqlite`))
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16000')
  database.exec('CREATE TABLE spans (key TEXT PRIMARY KEY NOT NULL, doc TEXT NOT NULL) STRICT')
  const insert = database.prepare('INSERT INTO spans VALUES (?, ?)')
  const rates = {'bare loop': await perSecond(async () => insertAll(database, insert))}
  database.close()
  return rates
}

function insertAll(database: DatabaseSync, insert: ReturnType<DatabaseSync['prepare']>): void {
  let pending = 0
  for (const span of spans('ok')) {
    if (pending === 0) database.exec('BEGIN IMMEDIATE')
    insert.run(span.span_id, JSON.stringify(span))
    pending = (pending + 1) % BATCH
    if (pending === 0) database.exec('COMMIT')
  }
  if (pending > 0) database.exec('COMMIT')
}

async function perSecond(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return (count / (performance.now() - start)) * 1000
}

const rates = new Map<string, number[]>()
for (let round = 0; round < Number(flags.rounds); round += 1)
  for (const measured of [await measureBareLoop(), await measureStore(false), await measureStore(true)])
    for (const [name, rate] of Object.entries(measured)) rates.set(name, [...(rates.get(name) ?? []), rate])
rmSync(folder, {recursive: true, force: true})

const median = (name: string): number => {
  const sorted = (rates.get(name) ?? []).toSorted((left, right) => left - right)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
for (const name of rates.keys())
  console.log(
    `${name.padEnd(18)} ${Math.round(median(name)).toString().padStart(8)} documents/s  ${(median(name) / median('bare loop')).toFixed(2)} of the bare loop`,
  )
console.log(
  `aim: more than ${AIM_PER_SECOND} new documents/s: ${median('new') > AIM_PER_SECOND ? 'reached' : 'missed'}`,
)
