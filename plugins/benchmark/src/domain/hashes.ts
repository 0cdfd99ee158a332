import {MerkleTree, canonicalLine} from '@ep23/plugin-exporters'

import type {RunResult} from './run-result.js'
import type {HashText} from './sample-line.js'
import {message} from '../words/words.js'
import type {Message} from '@ep23/sdk'

/** SHA-256 of bytes and UTF-8 texts one after the other; handed in, because the domain has no crypto of its own. */
export type Sha256 = (...parts: readonly (Uint8Array | string)[]) => Uint8Array

const LEAF = Uint8Array.of(0)

/** Root of the exporters' Merkle tree (RFC 6962) over canonical lines: equal to an export's where the lines are. */
export class MerkleRoot {
  readonly #tree: MerkleTree

  constructor(private readonly sha256: Sha256) {
    this.#tree = new MerkleTree(data => toHex(sha256(data)))
  }

  add(line: string): void {
    this.#tree.append(toHex(this.sha256(LEAF, line)))
  }

  /** @param leaf an encoded line with its prefix 0x00 */
  addLeaf(leaf: Uint8Array): void {
    this.#tree.append(toHex(this.sha256(leaf)))
  }

  /** Lower-case hex; of no lines the hash of nothing. */
  root(): string {
    return this.#tree.root()
  }
}

function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
}

/** SHA-256 of the canonical JSON of each field of a run but the seals themselves. */
export function sealsOf(run: Omit<RunResult, 'seals'>, hash: HashText): Record<string, string> {
  const fields = Object.entries(run).filter(([field]) => field !== 'seals')
  return Object.fromEntries(fields.map(([field, value]) => [field, hash(canonicalLine({[field]: value}))]))
}

/** The first field that is not what was sealed, is missing or was added; undefined when all are as they were. */
export function sealDifference(run: RunResult, hash: HashText): Message | undefined {
  const {seals} = run
  if ((seals as unknown) === undefined) return message('noSeals')
  const computed = sealsOf(run, hash)
  const changed = [...new Set([...Object.keys(computed), ...Object.keys(seals)])].find(
    field => computed[field] !== seals[field],
  )
  return changed === undefined ? undefined : message('notRecorded', {changed})
}
