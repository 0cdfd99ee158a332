/** SHA-256 as lower-case hex; handed in, because the domain has no crypto of its own. */
export type Sha256 = (data: Uint8Array) => string

interface Subtree {
  hash: string
  leaves: number
}

const NODE_PREFIX = 0x01
const HASH_BYTES = 32

/**
 * The Merkle tree of RFC 6962 section 2.1 (RFC 9162 section 2.1.1), built leaf by leaf in O(log n) memory: a leaf's hash is
 * SHA-256(0x00 ‖ entry), a node's SHA-256(0x01 ‖ left ‖ right). The prefixes keep a node from passing for a leaf.
 * Hashes are lower-case hex.
 */
export class MerkleTree {
  // Complete subtrees, the largest first: one for each bit of the number of leaves.
  readonly #subtrees: Subtree[] = []
  readonly #node = Buffer.alloc(1 + 2 * HASH_BYTES, NODE_PREFIX)
  #leaves = 0

  constructor(private readonly sha256: Sha256) {}

  get leaves(): number {
    return this.#leaves
  }

  /** @param hash the leaf's hash, SHA-256(0x00 ‖ entry) */
  append(hash: string): void {
    let subtree: Subtree = {hash, leaves: 1}
    while (this.#subtrees.at(-1)?.leaves === subtree.leaves) {
      const left = this.#subtrees.pop() as Subtree
      subtree = {hash: this.#join(left.hash, subtree.hash), leaves: left.leaves * 2}
    }
    this.#subtrees.push(subtree)
    this.#leaves += 1
  }

  /** The root; of no leaves it is the hash of nothing. */
  root(): string {
    const [last, ...rest] = this.#subtrees.map(({hash}) => hash).reverse()
    if (last === undefined) return this.sha256(new Uint8Array())
    return rest.reduce((right, left) => this.#join(left, right), last)
  }

  #join(left: string, right: string): string {
    this.#node.write(left, 1, 'hex')
    this.#node.write(right, 1 + HASH_BYTES, 'hex')
    return this.sha256(this.#node)
  }
}
