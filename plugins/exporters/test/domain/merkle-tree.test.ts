import {createHash} from 'node:crypto'

import {expect} from 'chai'
import * as fc from 'fast-check'

import {hashing} from '#src/adapters/hashing.js'
import {MerkleTree} from '#src/domain/merkle-tree.js'

// The test tree of the Certificate Transparency reference implementation.
const ENTRIES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]

describe('the Merkle tree', () => {
  ROOTS.forEach((root, leaves) =>
    it(`has the root of the reference tree with ${leaves} leaves`, () => {
      const tree = new MerkleTree(hashing.sha256)
      for (const entry of ENTRIES.slice(0, leaves)) tree.append(hashing.leafHash(Buffer.from(entry, 'hex')))
      expect(tree.root()).to.equal(root)
      expect(tree.leaves).to.equal(leaves)
    }),
  )

  it('has the root that the recursive definition of RFC 6962 section 2.1 gives', () =>
    fc.assert(
      fc.property(fc.array(fc.uint8Array({maxLength: 40}), {maxLength: 70}), entries => {
        const tree = new MerkleTree(hashing.sha256)
        for (const entry of entries) tree.append(hashing.leafHash(entry))
        expect(tree.root()).to.equal(definition(entries).toString('hex'))
      }),
    ))

  it('hashes a leaf longer than its buffer like any other', () => {
    const entry = Buffer.alloc(300_000, 'ж')
    expect(hashing.leafHash(entry)).to.equal(sha256(Buffer.of(0), entry).toString('hex'))
  })
})

function definition(entries: readonly Uint8Array[]): Buffer {
  const [only, ...others] = entries
  if (only === undefined) return sha256()
  if (others.length === 0) return sha256(Buffer.of(0), only)
  const split = 2 ** Math.ceil(Math.log2(entries.length) - 1)
  return sha256(Buffer.of(1), definition(entries.slice(0, split)), definition(entries.slice(split)))
}

function sha256(...parts: Uint8Array[]): Buffer {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}
