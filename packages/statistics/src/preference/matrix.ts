export type NumberMatrix = readonly (readonly number[])[]

/**
 * The inverse of a square matrix, by Gauss and Jordan with the largest pivot of each column.
 * @returns undefined for one that has none
 */
export function inverse(matrix: NumberMatrix): number[][] | undefined {
  const size = matrix.length
  const rows = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))])
  for (let column = 0; column < size; column++) {
    const pivot = largestBelow(rows, column)
    const head = rows[pivot]?.[column] ?? 0
    if (Math.abs(head) < 1e-12) return undefined
    const scaled = (rows[pivot] ?? []).map(value => value / head)
    rows[pivot] = rows[column] ?? []
    rows[column] = scaled
    for (const [i, row] of rows.entries()) if (i !== column) subtract(row, scaled, row[column] ?? 0)
  }
  return rows.map(row => row.slice(size))
}

function largestBelow(rows: NumberMatrix, column: number): number {
  const sizeAt = (row: number): number => Math.abs(rows[row]?.[column] ?? 0)
  let best = column
  for (let row = column + 1; row < rows.length; row++) if (sizeAt(row) > sizeAt(best)) best = row
  return best
}

function subtract(row: number[], other: readonly number[], factor: number): void {
  if (factor !== 0) for (const [j, value] of other.entries()) row[j] = (row[j] ?? 0) - factor * value
}

export function times(matrix: NumberMatrix, vector: readonly number[]): number[] {
  return matrix.map(row => dot(row, vector))
}

export function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0)
}

/** `matrix` + `factor` · x xᵀ, in place. */
export function addOuter(matrix: number[][], x: readonly number[], factor: number): void {
  for (const [i, row] of matrix.entries()) {
    const scaled = factor * (x[i] ?? 0)
    if (scaled !== 0) for (const [j, value] of x.entries()) row[j] = (row[j] ?? 0) + scaled * value
  }
}

export function zeros(size: number): number[][] {
  return Array.from({length: size}, () => Array.from({length: size}, () => 0))
}
