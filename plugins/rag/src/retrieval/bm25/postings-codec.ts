import type {SparseCounts} from './sparse-counts.js'
import {VarintReader, VarintWriter} from './varint.js'

/**
 * Postings in few bytes: for each term the number of its documents, then for each document the distance to the one before,
 * doubled; odd when the count is 1, else followed by the count. Most postings take one or two bytes.
 */
export function encodePostings({starts, columns, counts}: SparseCounts): Buffer {
  const writer = new VarintWriter()
  for (let term = 0; term + 1 < starts.length; term++) {
    writer.write(starts[term + 1]! - starts[term]!)
    let before = 0
    for (let i = starts[term]!; i < starts[term + 1]!; i++) {
      const distance = columns[i]! - before
      writer.write(distance * 2 + (counts[i] === 1 ? 1 : 0))
      if (counts[i] !== 1) writer.write(counts[i]!)
      before = columns[i]!
    }
  }
  return writer.bytes()
}

/** @param terms and entries: how many there are of each. @throws RangeError for bytes that end too early. */
export function decodePostings(bytes: Uint8Array, terms: number, entries: number): SparseCounts {
  const reader = new VarintReader(bytes)
  const starts = new Uint32Array(terms + 1)
  const columns = new Uint32Array(entries)
  const counts = new Uint32Array(entries)
  for (let term = 0; term < terms; term++) {
    const end = starts[term]! + reader.read()
    let before = 0
    for (let i = starts[term]!; i < end; i++) {
      const coded = reader.read()
      before += coded >>> 1
      columns[i] = before
      counts[i] = coded & 1 ? 1 : reader.read()
    }
    starts[term + 1] = end
  }
  return {starts, columns, counts}
}
