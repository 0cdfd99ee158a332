import {ftruncateSync, writeSync} from 'node:fs'

/**
 * Appends bytes wholly or not at all: where a disk ends, a write takes fewer than it was given, and what came of them is taken back.
 * @param end of the file before
 * @returns its new end
 */
export function appendWhole(file: number, bytes: Uint8Array, end: number): number {
  try {
    for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done)
  } catch (error) {
    ftruncateSync(file, end)
    throw error
  }
  return end + bytes.length
}
