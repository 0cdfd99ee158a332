/** SHA-256 of some bytes; handed in, because the domain has no crypto of its own. */
export type Sha256 = (data: Uint8Array) => Uint8Array

interface Subtree {
  hash: Uint8Array
  leaves: number
}

const NODE_PREFIX = 0x01

/**
 * The Merkle tree of RFC 6962 section 2.1 (RFC 9162 section 2.1.1), built leaf by leaf in O(log n) memory: a leaf's hash is
 * SHA-256(0x00 ‖ entry), a node's SHA-256(0x01 ‖ left ‖ right). The prefixes keep a node from passing for a leaf.
 */
export class MerkleTree {
  // Complete subtrees, the largest first: one for each bit of the number of leaves.
  readonly #subtrees: Subtree[] = []
  #leaves = 0

  constructor(private readonly sha256: Sha256) {}

  get leaves(): number {
    return this.#leaves
  }

  /** @param hash the leaf's hash, SHA-256(0x00 ‖ entry), 32 bytes */
  append(hash: Uint8Array): void {
    let subtree: Subtree = {hash, leaves: 1}
    while (this.#subtrees.at(-1)?.leaves === subtree.leaves) {
      const left = this.#subtrees.pop() as Subtree
      subtree = {hash: this.#join(left.hash, subtree.hash), leaves: left.leaves * 2}
    }
    this.#subtrees.push(subtree)
    this.#leaves += 1
  }

  /** The root as lower-case hex; of no leaves it is the hash of nothing. */
  root(): string {
    const [last, ...rest] = this.#subtrees.map(({hash}) => hash).reverse()
    if (last === undefined) return toHex(this.sha256(new Uint8Array()))
    return toHex(rest.reduce((right, left) => this.#join(left, right), last))
  }

  #join(left: Uint8Array, right: Uint8Array): Uint8Array {
    const node = new Uint8Array(1 + left.length + right.length)
    node[0] = NODE_PREFIX
    node.set(left, 1)
    node.set(right, 1 + left.length)
    return this.sha256(node)
  }
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
}
