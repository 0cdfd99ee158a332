/**
 * One longest common subsequence of two sequences of numbered tokens, as places in `reference`, last first. Of several the one
 * that rouge-score reads out: going back from the end, left only when that keeps strictly more than going up. The choice moves
 * ROUGE-Lsum, so it is part of it.
 */
export function lcsPlaces(reference: Int32Array, candidate: Int32Array): number[] {
  const width = candidate.length + 1
  const table = lcsTable(reference, candidate)
  const places: number[] = []
  let [i, j] = [reference.length, candidate.length]
  while (i > 0 && j > 0) {
    if (reference[i - 1] === candidate[j - 1]) {
      places.push(--i)
      j--
    } else if (table[i * width + j - 1]! > table[(i - 1) * width + j]!) j--
    else i--
  }
  return places
}

/** Row by row, cell (i, j) is the length for the first i and j tokens. */
function lcsTable(reference: Int32Array, candidate: Int32Array): Int32Array {
  const width = candidate.length + 1
  const table = new Int32Array((reference.length + 1) * width)
  for (let i = 1; i <= reference.length; i++) {
    const token = reference[i - 1]
    for (let j = 1, here = i * width + 1; j < width; j++, here++) {
      const up = here - width
      table[here] = token === candidate[j - 1] ? table[up - 1]! + 1 : Math.max(table[up]!, table[here - 1]!)
    }
  }
  return table
}
