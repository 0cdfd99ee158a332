/** SHA-256 of some bytes; handed in, because the domain has no crypto of its own. */
export type Sha256 = (data: Uint8Array) => Uint8Array

const LEAF = Uint8Array.of(0)
const NODE = Uint8Array.of(1)

/** Root of the Merkle tree of RFC 6962 section 2.1 over lines, as exports have it; line by line, in O(log n) memory. */
export class MerkleRoot {
  // Complete subtrees from the largest to the smallest, as the bits of the number of leaves.
  readonly #subtrees: {hash: Uint8Array; leaves: number}[] = []

  constructor(private readonly sha256: Sha256) {}

  add(line: Uint8Array): void {
    let tree = {hash: this.sha256(joined(LEAF, line)), leaves: 1}
    for (let left = this.#subtrees.at(-1); left?.leaves === tree.leaves; left = this.#subtrees.at(-1)) {
      this.#subtrees.pop()
      tree = {hash: this.sha256(joined(NODE, left.hash, tree.hash)), leaves: tree.leaves * 2}
    }
    this.#subtrees.push(tree)
  }

  /** Lower-case hex; of no lines the hash of nothing. */
  root(): string {
    const hashes = this.#subtrees.map(({hash}) => hash)
    const root = hashes.reduceRight<Uint8Array | undefined>(
      (right, left) => (right ? this.sha256(joined(NODE, left, right)) : left),
      undefined,
    )
    return toHex(root ?? this.sha256(new Uint8Array()))
  }
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
}

function joined(...parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
