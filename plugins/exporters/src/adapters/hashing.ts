import {createHash, hash} from 'node:crypto'
import {open} from 'node:fs/promises'
import {basename} from 'node:path'

import type {FileFacts} from '../domain/manifest.js'
import type {GrowingHash, Hashing} from '../domain/ports.js'

const BLOCK_BYTES = 256 * 1024

/**
 * Size and hash of a file as it lies on disk, through one block: a stream's chunks are garbage that nothing collects before there
 * are 60 MB of it. @throws the file system's own error
 */
export async function hashFile(path: string): Promise<FileFacts> {
  const hash = growingSha256()
  const block = Buffer.allocUnsafe(BLOCK_BYTES)
  const file = await open(path)
  try {
    let bytes = 0
    for (let read = -1; read !== 0; bytes += read) {
      read = (await file.read(block, 0, BLOCK_BYTES, bytes)).bytesRead
      hash.update(block.subarray(0, read))
    }
    return {name: basename(path), bytes, sha256: hash.hex()}
  } finally {
    await file.close()
  }
}

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
