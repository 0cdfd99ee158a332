/** How far the clocks of two machines may be apart. */
export const CLOCK_SKEW_MS = 10 * 60 * 1000

/** Time as a dependency, so that tests decide what time it is. */
export interface Clock {
  now(): Date
  /** Seconds from an arbitrary start, never going backwards: for durations. */
  monotonic(): number
}
