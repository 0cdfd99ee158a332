import {join} from 'node:path'
import {isDeepStrictEqual} from 'node:util'

import type {ExportRecord, Store, Message} from '@ep23/sdk'

import type {Finding} from '../domain/finding.js'
import {childPointer} from '../domain/json-pointer.js'
import type {ExportFacts} from '../domain/manifest.js'
import type {Advance, FilePorts} from '../domain/ports.js'
import {scanRecords, type ScannedLine} from './scan-records.js'
import {message} from '../words/words.js'

/** One of two runs: its files and what is known of them. */
export interface ProducedRun {
  folder: string
  facts: ExportFacts
}

/**
 * Holds the files of further runs against those of the first, byte for byte.
 * @returns the first difference, down to the record
 */
export async function compareProducedRuns(
  files: Pick<FilePorts, 'readLines'>,
  [first, ...others]: readonly [ProducedRun, ...ProducedRun[]],
): Promise<Finding | undefined> {
  for (const [index, other] of others.entries()) {
    const difference = await compareTwo(files, first, other, index + 2)
    if (difference) return difference
  }
  return undefined
}

async function compareTwo(
  files: Pick<FilePorts, 'readLines'>,
  first: ProducedRun,
  other: ProducedRun,
  number: number,
): Promise<Finding | undefined> {
  if (identity(first) === identity(other)) return undefined
  const lines = scanRecords(files, other.folder, namesOf(other))[Symbol.asyncIterator]()
  const place = {rule: 'bytes', exporter: first.facts.exporter} as const
  try {
    for await (const line of scanRecords(files, first.folder, namesOf(first))) {
      const {value: twin} = (await lines.next()) as {value?: ScannedLine}
      if (twin?.bytes.equals(line.bytes)) continue
      return {...place, ...whereIs(line), message: message('runHas', {run: number, what: describe(line, twin)})}
    }
    const {value: extra} = (await lines.next()) as {value?: ScannedLine}
    if (extra) return {...place, ...whereIs(extra), message: message('onlyRunHas', {run: number})}
    return {...place, message: message('otherBytes', {run: number, files: join(...namesOf(other))})}
  } finally {
    await lines.return(undefined)
  }
}

function identity({facts}: ProducedRun): string {
  return facts.files.map(({name, sha256}) => `${name} ${sha256}`).join('\n')
}

function namesOf({facts}: ProducedRun): string[] {
  return facts.files.map(({name}) => name)
}

function whereIs({file, line, record}: ScannedLine): Partial<Finding> {
  return {file, line, ...(record && {sample_id: record.sample_id})}
}

function describe({record}: ScannedLine, twin: ScannedLine | undefined): Message {
  if (!twin) return message('noSuchLine')
  if (twin.record?.sample_id === record?.sample_id) return message('otherContent')
  return message('recordInLine', {sample: twin.record?.sample_id ?? '(unreadable)'})
}

const COLLECTION = 'round_trip'

interface RoundTrip {
  files: Pick<FilePorts, 'readLines'>
  folder: string
  facts: ExportFacts
  /** An empty store that is thrown away afterwards. */
  scratch: Store
  /** The records as their source has them; absent when only the file knows them. */
  source?: AsyncIterable<ExportRecord>
  advance: Advance
}

/**
 * Imports a file of records into an empty store, reads them back in order, and compares each, value by value, with the
 * source. What JSON or a store would lose shows here.
 * @returns the first difference
 */
export async function roundTrip(trip: RoundTrip): Promise<Finding | undefined> {
  const {scratch, facts, advance} = trip
  const collection = scratch.collection<ExportRecord>(COLLECTION)
  await collection.upsertMany(recordsIn(trip), 'sample_id')
  const sort = {channel: 1, timestamp: 1, sample_id: 1} as const
  const stored = collection.find({}, {sort})[Symbol.asyncIterator]()
  let compared = 0
  try {
    for await (const expected of trip.source ?? recordsIn(trip)) {
      const {value: found} = (await stored.next()) as {value?: ExportRecord}
      const difference = differenceOf(expected, found)
      if (difference)
        return {rule: 'round-trip', exporter: facts.exporter, sample_id: expected.sample_id, ...difference}
      compared += 1
      if (compared === facts.records.total) break
      if (compared % 1000 === 0) advance(compared, facts.records.total)
    }
    return surplus(facts, compared, await stored.next())
  } finally {
    await stored.return?.()
  }
}

async function* recordsIn({files, folder, facts}: RoundTrip): AsyncGenerator<ExportRecord> {
  const names = facts.files.map(({name}) => name)
  for await (const {record, file, line, problem} of scanRecords(files, folder, names)) {
    if (!record) throw new Error(`${file} line ${line} ${problem?.english}`)
    yield record
  }
}

function differenceOf(
  expected: ExportRecord,
  found: ExportRecord | undefined,
): {pointer?: string; message: Message} | undefined {
  if (isDeepStrictEqual(expected, found)) return undefined
  if (!found) return {message: message('didNotComeBack')}
  if (found.sample_id !== expected.sample_id) return {message: message('cameInPlace', {sample: found.sample_id})}
  const {pointer, was, is} = firstChange(expected, found, '')
  return {pointer, message: message('wasAndIs', {was, is})}
}

function surplus(facts: ExportFacts, compared: number, next: IteratorResult<ExportRecord>): Finding | undefined {
  const place = {rule: 'round-trip', exporter: facts.exporter} as const
  if (!next.done) return {...place, sample_id: next.value.sample_id, message: message('notInSource')}
  if (compared === facts.records.total) return undefined
  return {...place, message: message('sourceHas', {source: compared, file: facts.records.total})}
}

interface Change {
  pointer: string
  was: string
  is: string
}

function firstChange(was: unknown, is: unknown, pointer: string): Change {
  if (isContainer(was) && isContainer(is))
    for (const field of new Set([...Object.keys(was), ...Object.keys(is)])) {
      const inner = childPointer(pointer, field)
      if (!Object.hasOwn(was, field) || !Object.hasOwn(is, field))
        return {pointer: inner, was: shownField(was, field), is: shownField(is, field)}
      if (!isDeepStrictEqual(was[field], is[field])) return firstChange(was[field], is[field], inner)
    }
  return {pointer, was: shown(was), is: shown(is)}
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function shownField(container: Record<string, unknown>, field: string): string {
  return Object.hasOwn(container, field) ? shown(container[field]) : 'absent'
}

function shown(value: unknown): string {
  const text = Object.is(value, -0) ? '-0' : (JSON.stringify(value) ?? 'undefined')
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
