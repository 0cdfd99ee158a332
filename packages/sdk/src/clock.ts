/** Time as a dependency, so that tests decide what time it is. */
export interface Clock {
  now(): Date
  /** Seconds from an arbitrary start, never going backwards: for durations. */
  monotonic(): number
}
