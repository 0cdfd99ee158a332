import type {Clock} from '@ep23/sdk'

/** Nanoseconds since 1970. */
export type WallNanos = () => bigint

// A clock that was set, or a laptop that slept: from here on the monotonic clock no longer tells the time of day.
const WORST_DRIFT_MS = 1000

/** The time of day as fine as the monotonic clock allows, so that lines and spans of one millisecond keep their order. */
export function createWallNanos(clock: Clock): WallNanos {
  let anchor = anchorAt(clock)
  return () => {
    const {wall, monotonic} = anchorAt(clock)
    const passed = monotonic - anchor.monotonic
    if (Math.abs(wall - anchor.wall - passed * 1000) > WORST_DRIFT_MS) {
      anchor = {wall, monotonic}
      return toNanos(wall, 0)
    }
    return toNanos(anchor.wall, passed)
  }
}

function anchorAt(clock: Clock): {wall: number; monotonic: number} {
  return {wall: clock.now().getTime(), monotonic: clock.monotonic()}
}

function toNanos(wallMs: number, seconds: number): bigint {
  return BigInt(wallMs) * 1_000_000n + BigInt(Math.round(seconds * 1e9))
}

export function nanosToDate(nanos: bigint): Date {
  return new Date(Number(nanos / 1_000_000n))
}
