/** The longest that a timer of Node waits, in milliseconds: almost 25 days. One for longer calls back at once. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1

/**
 * As `setTimeout`, for any time: a number that a user gave may be of any size.
 * @returns what stops it
 */
export function startTimer(ms: number, callBack: () => void): () => void {
  let timer: NodeJS.Timeout
  const wait = (left: number): void => {
    const rest = left - LONGEST_TIMER_MS
    timer = rest > 0 ? setTimeout(() => wait(rest), LONGEST_TIMER_MS) : setTimeout(callBack, left)
  }
  wait(ms)
  return () => clearTimeout(timer)
}
