import {MerkleTree} from '@ep23/plugin-exporters'

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
