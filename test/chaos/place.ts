import {cpSync, globSync, readFileSync, renameSync, rmSync, statSync} from 'node:fs'
import {basename, join, relative} from 'node:path'
import {gunzipSync} from 'node:zlib'

import {parse} from 'yaml'

import {MongoClient} from 'mongodb'

import {openStore} from '#src/store/open-store.js'
import {unsentFolder} from '#src/telemetry/unsent-runs.js'

import {runEp23, type Ended} from '../helpers/run-ep23.ts'
import {withStore} from '../helpers/with-store.ts'
import {runTyped, type Keys} from './run-typed.ts'

/** Where a command works: a folder, and a store in it or on a server. */
export interface Place {
  folder: string
  store: string
}

const PRELOAD = join(import.meta.dirname, 'die-in-the-write.ts')

/** The collections of what people and models made, with their keys; telemetry has a way to write of its own. */
const KEYS = {
  digests: 'digest_id',
  review_reports: 'report_id',
  ep23_judgements: 'key',
  ep23_labels: 'label_id',
} as const

/** What differs between two runs by its nature: when and by which run it was made, and how long that took. */
const MEASURED = /^(?:.*_at|at|ms|run_id|trace_id|latency_seconds|duration_seconds)$/u

/** What is run in a place: with `keys`, in a terminal where somebody types. */
export interface Performance {
  command: readonly string[]
  keys?: Keys
}

/** Runs a command in its place; `fault` are variables of die-in-the-write.ts. */
export function run(place: Place, args: readonly string[], fault: Record<string, string> = {}): Promise<Ended> {
  return runEp23(args, {cwd: place.folder, env: environment(place, fault), coverage: false, killAfter: 120_000})
}

/** Runs a command as a user does: typed into, if it waits for keys. */
export function perform(
  place: Place,
  {command, keys}: Performance,
  fault: Record<string, string> = {},
): Promise<Ended> {
  return keys
    ? runTyped(command, {cwd: place.folder, env: environment(place, fault), keys})
    : run(place, command, fault)
}

function environment({store}: Place, fault: Record<string, string>): Record<string, string> {
  const watched = Object.keys(fault).length > 0 && {NODE_OPTIONS: `--import ${PRELOAD}`, ...portOf(store)}
  return {EP23_STORE: store, EP23_QUIET: '1', ...watched, ...fault}
}

/** The address of its store, from anywhere. */
export function storeOf({folder, store}: Place): string {
  return store.startsWith('mongodb:') ? store : join(folder, store)
}

function portOf(store: string): Record<string, string> {
  const port = /^mongodb:\/\/[^/]*:(\d+)/u.exec(store)?.[1]
  return port === undefined ? {} : {CHAOS_PORT: port}
}

/** How many writes a command makes in this place, and how it ends. */
export async function countWrites(place: Place, what: Performance): Promise<{writes: number; ended: Ended}> {
  const file = join(place.folder, '..', `${basename(place.folder)}.writes`)
  const ended = await perform(place, what, {CHAOS_COUNT: file})
  return {writes: Number(readFileSync(file, 'utf8')), ended}
}

/** A second place with the same files and documents. */
export async function copyPlace(from: Place, to: Place): Promise<void> {
  rmSync(to.folder, {recursive: true, force: true})
  cpSync(from.folder, to.folder, {recursive: true})
  if (from.store.startsWith('mongodb:')) await copyDatabase(from.store, to.store)
  moveUnsentRuns(from, to)
}

/** Runs that wait do so for a store by its address. */
function moveUnsentRuns(from: Place, to: Place): void {
  const waiting = (place: Place): string => unsentFolder({logDir: join(to.folder, '.ep23/logs'), store: storeOf(place)})
  if (statSync(waiting(from), {throwIfNoEntry: false})) renameSync(waiting(from), waiting(to))
}

async function copyDatabase(from: string, to: string): Promise<void> {
  const [source, target] = [new MongoClient(from), new MongoClient(to)]
  try {
    await target.db().dropDatabase()
    for (const {name} of await source.db().listCollections().toArray()) {
      const documents = await source.db().collection(name).find().toArray()
      if (documents.length > 0) await target.db().collection(name).insertMany(documents)
    }
  } finally {
    await Promise.all([source.close(), target.close()])
  }
}

/** Every document by `collection key`, as text without what is measured; a store that is not there yet has none. */
export async function documentsIn(place: Place): Promise<Map<string, string>> {
  const location = storeOf(place)
  if (!location.startsWith('mongodb:') && !statSync(location, {throwIfNoEntry: false})) return new Map()
  const found = new Map<string, string>()
  await withStore(openStore(location), async opened => {
    for (const [collection, key] of Object.entries(KEYS))
      for await (const document of opened.collection(collection).find()) {
        const name = `${collection} ${String((document as Record<string, unknown>)[key])}`
        if (found.has(name)) throw new Error(`${name} is stored twice`)
        found.set(name, textOf(document))
      }
  })
  return found
}

function textOf(value: unknown): string {
  return JSON.stringify(value, (name, part: unknown) => (MEASURED.test(name) ? undefined : part))
}

/** Names of the files that are not whole: cut JSON, YAML, gzip. Files that only grow may end in half a line, which their readers know. */
export function halfWritten({folder}: Place): string[] {
  return filesIn(folder)
    .filter(file => !/\.(?:tmp|log)$|journal|^labels\/pairs\/anna|(?:^|\/)\.(?:cache|config)\//u.test(file))
    .filter(file => !isWhole(join(folder, file)))
}

/** The files that a command leaves for people, relative to the folder: no telemetry, no store, nothing temporary. */
export function filesIn(folder: string): string[] {
  return globSync('{*,.*}/**/*', {cwd: folder, withFileTypes: true})
    .concat(globSync('{*,.*}', {cwd: folder, withFileTypes: true}))
    .filter(entry => entry.isFile())
    .map(entry => relative(folder, join(entry.parentPath, entry.name)))
    .sort()
}

function isWhole(path: string): boolean {
  try {
    if (path.endsWith('.json')) JSON.parse(readFileSync(path, 'utf8'))
    if (path.endsWith('.jsonl'))
      for (const line of readFileSync(path, 'utf8').trimEnd().split('\n')) JSON.parse(line || 'null')
    if (/\.ya?ml$/u.test(path)) parse(readFileSync(path, 'utf8'))
    if (path.endsWith('.gz')) gunzipSync(readFileSync(path))
    return true
  } catch {
    return false
  }
}
