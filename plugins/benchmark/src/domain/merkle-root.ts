/** SHA-256 of bytes and UTF-8 texts one after the other; handed in, because the domain has no crypto of its own. */
export type Sha256 = (...parts: readonly (Uint8Array | string)[]) => Uint8Array

const LEAF = Uint8Array.of(0)
const NODE = Uint8Array.of(1)

/** Root of the Merkle tree of RFC 6962 section 2.1 over lines, as exports have it; line by line, in O(log n) memory. */
export class MerkleRoot {
  // Complete subtrees from the largest to the smallest, as the bits of the number of leaves.
  readonly #subtrees: {hash: Uint8Array; leaves: number}[] = []

  constructor(private readonly sha256: Sha256) {}

  add(line: string): void {
    let tree = {hash: this.sha256(LEAF, line), leaves: 1}
    for (let left = this.#subtrees.at(-1); left?.leaves === tree.leaves; left = this.#subtrees.at(-1)) {
      this.#subtrees.pop()
      tree = {hash: this.sha256(NODE, left.hash, tree.hash), leaves: tree.leaves * 2}
    }
    this.#subtrees.push(tree)
  }

  /** Lower-case hex; of no lines the hash of nothing. */
  root(): string {
    const hashes = this.#subtrees.map(({hash}) => hash)
    const root = hashes.reduceRight<Uint8Array | undefined>(
      (right, left) => (right ? this.sha256(NODE, left, right) : left),
      undefined,
    )
    return toHex(root ?? this.sha256())
  }
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
}
