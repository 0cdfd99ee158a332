/** The smallest whole number from 0 to `length` that holds, by halving: what holds for one holds for all above; `length` always does. */
export function leastIndex(length: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}
