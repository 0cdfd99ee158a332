/**
 * Length of the longest common subsequence, 32 table cells at a time (bit-vector algorithm of Crochemore et al. 2001 in the
 * form of Hyyrö 2004: `V = (V + (V & M)) | (V & ~M)`; each zero bit of V is one matched symbol of the shorter sequence).
 */
export function lcsLength(a: readonly string[], b: readonly string[]): number {
  const [shorter, longer] = a.length <= b.length ? [a, b] : [b, a]
  const words = Math.ceil(shorter.length / 32)
  const places = placeMasks(shorter, words)
  const row = new Uint32Array(words).fill(0xffffffff)
  for (const symbol of longer) {
    const mask = places.get(symbol)
    if (mask) advance(row, mask)
  }
  return countZeroBits(row)
}

/** For each symbol, the set of its places as bits. */
function placeMasks(sequence: readonly string[], words: number): Map<string, Uint32Array> {
  const masks = new Map<string, Uint32Array>()
  for (const [place, symbol] of sequence.entries()) {
    const mask = masks.get(symbol) ?? new Uint32Array(words)
    mask[place >>> 5] = (mask[place >>> 5] ?? 0) | (1 << (place & 31))
    masks.set(symbol, mask)
  }
  return masks
}

function advance(row: Uint32Array, mask: Uint32Array): void {
  let carry = 0
  for (let word = 0; word < row.length; word++) {
    const before = row[word] ?? 0
    const hits = (before & (mask[word] ?? 0)) >>> 0
    const sum = before + hits + carry
    carry = sum > 0xffffffff ? 1 : 0
    row[word] = sum | (before & ~hits)
  }
}

function countZeroBits(row: Uint32Array): number {
  let zeros = 0
  for (const word of row) for (let rest = ~word; rest !== 0; rest &= rest - 1) zeros++
  return zeros
}
