import {createHash, hash} from 'node:crypto'

import type {GrowingHash, Hashing} from '../domain/hashing.js'

const LEAF_PREFIX = Buffer.of(0)

export const hashing: Hashing = {
  sha256: data => hash('sha256', data, 'buffer'),
  sha256Hex: text => hash('sha256', text, 'hex'),
  leafHash: entry => hash('sha256', Buffer.concat([LEAF_PREFIX, entry]), 'buffer'),
  growing: growingSha256,
}

export function growingSha256(): GrowingHash {
  const growing = createHash('sha256')
  return {update: data => void growing.update(data), hex: () => growing.copy().digest('hex')}
}
