export interface Axis {
  low: number
  high: number
  ticks: {at: number; label: string}[]
}

const STEPS = [1, 2, 2.5, 5, 10]

/** An axis over values from 0 on, with round ticks, a little wider than they are and of at least some width. */
export function axisOver(values: readonly number[], {least, ticks = 5}: {least: number; ticks?: number}): Axis {
  const [lowest, highest] = [Math.min(...values), Math.max(...values)]
  const spare = Math.max(least - (highest - lowest), (highest - lowest) * 0.08) / 2
  const width = highest - lowest + 2 * spare
  const low = Math.max(lowest - spare, -0.04 * width)
  const high = low + width
  const step = roundStep((high - low) / ticks)
  const first = Math.max(0, Math.ceil(low / step))
  const count = Math.floor(high / step) - first + 1
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9) + (isHalfStep(step) ? 1 : 0))
  return {
    low,
    high,
    ticks: Array.from({length: count}, (_, i) => {
      const at = (first + i) * step
      return {at, label: at.toFixed(digits)}
    }),
  }
}

/** Where a value stands between 0 and `size`. */
export function placeOn({low, high}: Axis, value: number, size: number): number {
  return Math.round(((value - low) / (high - low)) * size * 100) / 100
}

function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough))
  return STEPS.find(step => step * power >= rough * 0.999)! * power
}

function isHalfStep(step: number): boolean {
  return Math.abs(step / 10 ** Math.floor(Math.log10(step) + 1e-9) - 2.5) < 1e-6
}
