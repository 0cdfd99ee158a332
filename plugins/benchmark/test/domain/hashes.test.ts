import {expect} from 'chai'

import {hashText, sha256} from '#src/adapters/sha256.js'
import {MerkleRoot} from '#src/domain/hashes.js'

function rootOf(...lines: string[]): string {
  const root = new MerkleRoot(sha256)
  for (const line of lines) root.add(line)
  return root.root()
}

describe('the Merkle root of canonical lines', () => {
  it('is the hash of nothing for no lines, and the prefixed hash of a single one', () => {
    expect(rootOf()).to.equal(hashText(''))
    expect(rootOf('{"a":1}')).to.equal(hashText('\u0000{"a":1}'))
  })

  it('hashes a leaf apart from a node, and the larger half to the left', () => {
    const [a, b, c] = ['a', 'b', 'c'].map(line => sha256(Uint8Array.of(0), line)) as [
      Uint8Array,
      Uint8Array,
      Uint8Array,
    ]
    const ab = sha256(Uint8Array.of(1), a, b)
    expect(rootOf('a', 'b', 'c')).to.equal(Buffer.from(sha256(Uint8Array.of(1), ab, c)).toString('hex'))
  })

  it('tells lines in another order apart', () => {
    expect(rootOf('a', 'b')).to.not.equal(rootOf('b', 'a'))
  })
})
