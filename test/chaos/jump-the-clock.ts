// Loaded into a run before anything else: from the CLOCK_JUMPS_AT-th look at the clock on, it is CLOCK_JUMPS_BY milliseconds later, or
// earlier, as after a correction by the time server.
const jumpsAt = Number(process.env['CLOCK_JUMPS_AT'] ?? 0)
const by = Number(process.env['CLOCK_JUMPS_BY'] ?? 0)
const RealDate = Date
let looks = 0

function now(): number {
  looks += 1
  return RealDate.now() + (looks >= jumpsAt ? by : 0)
}

globalThis.Date = class extends RealDate {
  constructor(...values: [] | [number]) {
    super(...(values.length === 0 ? ([now()] as const) : values))
  }

  static override now(): number {
    return now()
  }
} as DateConstructor
