// How fast digests are exported and how much memory that takes, as a ratio to a bare loop over the same rows:
//
//   node bench/export.ts [--records N] [--rounds N] [--store FILE]
//
// Makes a SQLite store of N (1,000,000) digests in a temporary folder, unless --store names one, and deletes it in the end.
// Each measurement is a child process of its own, start-up included, pinned to one core where `taskset` is there; they take
// turns, and a ratio is that of the medians. The bare loop reads the same rows in the same order through the store, writes
// them as JSON, and does nothing else: no validation, no canonical form, no hash. Below it, the cost of each part apart.
import {spawnSync} from 'node:child_process'
import {closeSync, mkdtempSync, openSync, rmSync, writeSync} from 'node:fs'
import {availableParallelism, tmpdir} from 'node:os'
import {join} from 'node:path'
import {DatabaseSync} from 'node:sqlite'
import {pathToFileURL} from 'node:url'
import {parseArgs} from 'node:util'

import type {ExportRecord} from '@ep23/sdk'
import {documentValidators, type Digest} from '@ep23/plugin-dataset/entities'

import {openStore} from '../dist/store/open-store.js'
import {hashing} from '../plugins/exporters/dist/adapters/hashing.js'
import {canonicalLine} from '../plugins/exporters/dist/domain/canonical-json.js'
import {RecordStats} from '../plugins/exporters/dist/domain/record-stats.js'
import {toDigestRecord} from '../plugins/exporters/dist/domain/to-record.js'
import {LineEncoder} from '../plugins/exporters/dist/usecases/manifest-builder.js'
import {recordSchemas} from '../plugins/exporters/dist/usecases/record-schemas.js'
import {recordValidator} from '../plugins/exporters/dist/usecases/record-validator.js'
import {manyDigests} from './sources/many-digests.ts'

const LIMITS = {ratio: 0.5, megabytes: 150}
const COSTED_RECORDS = 20_000
const ORDER = {channel: 1, created_at: 1, digest_id: 1} as const
const TITLES: Record<string, string> = {
  rows: 'rows copied as text, unread',
  bare: 'bare loop (baseline)',
  export: 'exporters:run',
}
const BIN = join(import.meta.dirname, '../bin/run.js')

interface Measured {
  seconds: number
  megabytes: number
}

const {values: flags} = parseArgs({
  options: {
    records: {type: 'string', default: '1000000'},
    rounds: {type: 'string', default: '1'},
    store: {type: 'string'},
    child: {type: 'string'},
    output: {type: 'string', default: ''},
  },
})

const children: Record<string, (store: string, output: string) => Promise<void>> = {
  rows: copyRows,
  bare: bareLoop,
  costs,
}

if (flags.child === undefined) await benchmark()
else await children[flags.child]?.(flags.store ?? '', flags.output)

async function benchmark(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'ep23-bench-'))
  try {
    const store = flags.store ?? (await fillStore(join(folder, 'digests.sqlite')))
    const {records, bytes} = countRows(store)
    console.log(
      `Node ${process.version}, ${records} digests, ${Math.round(bytes / records)} characters each on average`,
    )
    const measured = measureInTurns(store, folder)
    const baseline = median(measured.get('bare') ?? [], 'seconds')
    for (const [name, runs] of measured) report(name, {runs, records, baseline})
    run('costs', [import.meta.filename, '--child', 'costs', '--store', store], {inherit: true})
  } finally {
    rmSync(folder, {recursive: true, force: true})
  }
}

async function fillStore(path: string): Promise<string> {
  const store = await openStore(path)
  await store.collection<Digest>('digests').upsertMany(manyDigests(Number(flags.records)), 'digest_id')
  // The export makes this index when it is not there; here it is no part of the measurement.
  await store.collection('digests').ensureIndex({fields: Object.keys(ORDER)})
  await store.dispose()
  return path
}

function countRows(path: string): {records: number; bytes: number} {
  const database = new DatabaseSync(path, {readOnly: true})
  const row = database.prepare('SELECT count(*) AS records, sum(length(doc)) AS bytes FROM digests').get()
  database.close()
  return {records: Number(row?.['records']), bytes: Number(row?.['bytes'])}
}

function measureInTurns(store: string, folder: string): Map<string, Measured[]> {
  const output = join(folder, 'out')
  const commands = new Map<string, string[]>([
    ['rows', [import.meta.filename, '--child', 'rows', '--store', store, '--output', `${output}.rows`]],
    ['bare', [import.meta.filename, '--child', 'bare', '--store', store, '--output', `${output}.bare`]],
    ['export', [BIN, 'exporters:run', 'digests', '--window', 'all', '--quiet', '--store', store, '--output', output]],
  ])
  const measured = new Map<string, Measured[]>([...commands.keys()].map(name => [name, []]))
  for (let round = 0; round < Number(flags.rounds); round++)
    for (const [name, args] of commands) {
      measured.get(name)?.push(run(name, args))
      for (const path of [output, `${output}.rows`, `${output}.bare`]) rmSync(path, {recursive: true, force: true})
    }
  return measured
}

function run(name: string, args: string[], {inherit = false} = {}): Measured {
  const hook = pathToFileURL(join(import.meta.dirname, 'sources/report-memory.mjs')).href
  const [command = '', ...rest] = [...pinToOneCore(), process.execPath, '--import', hook, ...args]
  const started = performance.now()
  const {status, stderr} = spawnSync(command, rest, {
    encoding: 'utf8',
    stdio: ['ignore', inherit ? 'inherit' : 'ignore', 'pipe'],
  })
  const seconds = (performance.now() - started) / 1000
  if (status !== 0) throw new Error(`${name} failed: ${stderr}`)
  return {seconds, megabytes: Number(/max rss (\d+) kB/u.exec(stderr)?.[1]) / 1000}
}

function pinToOneCore(): string[] {
  const pin = ['taskset', '-c', String(availableParallelism() - 1)]
  return spawnSync('taskset', [...pin.slice(1), 'true']).status === 0 ? pin : []
}

function report(name: string, {runs, records, baseline}: {runs: Measured[]; records: number; baseline: number}): void {
  const seconds = median(runs, 'seconds')
  const megabytes = Math.max(...runs.map(one => one.megabytes))
  const ratio = baseline / seconds
  const isMissed = name === 'export' && (ratio < LIMITS.ratio || megabytes >= LIMITS.megabytes)
  const aim = isMissed ? `  <- aim: at least ${LIMITS.ratio}, under ${LIMITS.megabytes} MB` : ''
  const rate = Math.round(records / seconds)
  console.log(
    `${TITLES[name]?.padEnd(28)} ${rate} records/s, ratio ${ratio.toFixed(2)}, at most ${megabytes.toFixed(0)} MB RSS${aim}`,
  )
}

function median(runs: Measured[], field: keyof Measured): number {
  const sorted = runs.map(one => one[field]).sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

// What SQLite and the disk alone can do: rows are never parsed.
async function copyRows(store: string, output: string): Promise<void> {
  const database = new DatabaseSync(store, {readOnly: true})
  const out = openOutput(output)
  for (const row of database.prepare('SELECT doc FROM digests').iterate()) out.line(String(row['doc']))
  out.close()
}

async function bareLoop(path: string, output: string): Promise<void> {
  const store = await openStore(path)
  const out = openOutput(output)
  for await (const digest of store.collection('digests').find({}, {sort: ORDER})) out.line(JSON.stringify(digest))
  out.close()
  await store.dispose()
}

function openOutput(path: string): {line(text: string): void; close(): void} {
  const file = openSync(path, 'w')
  let lines: string[] = []
  let size = 0
  const flush = (): void => {
    writeSync(file, lines.join(''))
    lines = []
    size = 0
  }
  return {
    line(text) {
      lines.push(`${text}\n`)
      size += text.length
      if (size > 256 * 1024) flush()
    },
    close() {
      flush()
      closeSync(file)
    },
  }
}

/** The parts of an export, each over the same records in memory. */
async function costs(path: string): Promise<void> {
  const store = await openStore(path)
  const read = async (): Promise<Digest[]> =>
    Array.fromAsync(store.collection<Digest>('digests').find({}, {sort: ORDER, limit: COSTED_RECORDS}))
  const digests = await read()
  const records = digests.map(toDigestRecord)
  const lines = records.map(canonicalLine)
  const bytes = lines.map(line => Buffer.from(line))
  const {digest: problemsOf} = documentValidators()
  const validate = recordValidator(recordSchemas().digests, 'digests')
  const encoder = new LineEncoder()
  const file = hashing.growing()
  const stats = new RecordStats(hashing.sha256)
  const leaves = bytes.map(hashing.leafHash)
  console.log(`\nparts of an export, processor time a record (${digests.length} records in memory, best of 5)`)
  await cost('read from the store', async () => void (await read()))
  await cost('validation of the document', () => digests.forEach(problemsOf))
  await cost('made into a record', () => digests.forEach(toDigestRecord))
  await cost('validation of the record', () => records.forEach(validate))
  await cost('canonical JSON', () => records.forEach(canonicalLine))
  await cost('UTF-8', () => lines.forEach(line => encoder.encode(line)))
  await cost('hash of the record (leaf)', () => bytes.forEach(hashing.leafHash))
  await cost('stats and Merkle tree', () =>
    records.forEach((record: ExportRecord, at) => stats.add(record, leaves[at] ?? '')),
  )
  await cost('hash of the file', () => bytes.forEach(chunk => file.update(chunk)))
  await store.dispose()
}

async function cost(part: string, work: () => unknown): Promise<void> {
  const times: number[] = []
  for (let round = 0; round < 5; round++) {
    const started = process.cpuUsage()
    await work()
    const {user, system} = process.cpuUsage(started)
    times.push((user + system) / COSTED_RECORDS)
  }
  console.log(
    `  ${part.padEnd(28)} ${Math.min(...times)
      .toFixed(2)
      .padStart(6)} µs`,
  )
}
