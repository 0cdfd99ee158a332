import {compareCodePoints, type ExportRecord, type Message} from '@ep23/sdk'

import {MerkleTree, type Sha256} from './merkle-tree.js'
import {message} from '../words/words.js'

/** What a manifest says of an export's records, by name in code point order. */
export interface RecordCounts {
  total: number
  by_channel: Readonly<Record<string, number>>
  by_origin: Readonly<Record<string, number>>
}

/** The origin under which records without one are counted. */
const UNKNOWN_ORIGIN = 'unknown'

/** Adds up an export record by record, for its writer and for whoever checks it later: counts, order, Merkle tree. */
export class RecordStats {
  readonly #channels = new Map<string, number>()
  readonly #origins = new Map<string, number>()
  readonly #tree: MerkleTree
  #previous: ExportRecord | undefined

  constructor(sha256: Sha256) {
    this.#tree = new MerkleTree(sha256)
  }

  /** @returns what is wrong with the record's place, if anything */
  add(record: ExportRecord, leaf: string): Message | undefined {
    this.#tree.append(leaf)
    count(this.#channels, record.channel)
    count(this.#origins, record.metadata?.origin ?? UNKNOWN_ORIGIN)
    const previous = this.#previous
    this.#previous = record
    if (previous === undefined || compareRecords(previous, record) < 0) return undefined
    return message('comesAfter', {previous: describe(previous), order: RECORD_ORDER.join(', ')})
  }

  get total(): number {
    return this.#tree.leaves
  }

  get root(): string {
    return this.#tree.root()
  }

  get counts(): RecordCounts {
    return {total: this.total, by_channel: sorted(this.#channels), by_origin: sorted(this.#origins)}
  }
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

function sorted(counts: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)))
}

function describe({channel, timestamp, sample_id}: ExportRecord): string {
  return `${sample_id} (${channel}, ${timestamp})`
}

/** What exports are sorted by, as manifests say it. */
export const RECORD_ORDER = ['channel', 'timestamp', 'sample_id'] as const

/** Less than 0 when `a` stands before `b` in an export. */
export function compareRecords(a: ExportRecord, b: ExportRecord): number {
  for (const field of RECORD_ORDER) {
    const order = compareCodePoints(a[field], b[field])
    if (order !== 0) return order
  }
  return 0
}
