import {createHash, hash} from 'node:crypto'

import type {GrowingHash, Hashing} from '../domain/hashing.js'

// One buffer for all leaves: its first byte is RFC 6962's leaf prefix, 0x00.
let leaf = Buffer.alloc(64 * 1024)

export const hashing: Hashing = {
  sha256: data => hash('sha256', data, 'hex'),
  leafHash(entry) {
    if (entry.byteLength >= leaf.byteLength) leaf = Buffer.alloc(entry.byteLength * 2)
    leaf.set(entry, 1)
    return hash('sha256', leaf.subarray(0, entry.byteLength + 1), 'hex')
  },
  growing: growingSha256,
}

export function growingSha256(): GrowingHash {
  const growing = createHash('sha256')
  return {update: data => void growing.update(data), hex: () => growing.copy().digest('hex')}
}
