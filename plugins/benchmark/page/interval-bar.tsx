interface IntervalBarProps {
  low: number | null
  mean: number | null
  high: number | null
  /** Drawn pale behind it: with the days of a channel taken as correlated. */
  wide?: {low: number | null; high: number | null} | null
  /** Thresholds to mark. */
  pass?: number | undefined
  warn?: number | undefined
  range?: readonly [number, number]
}

/** A point with its interval on an axis; what it says stands in words beside it. */
export function IntervalBar({low, mean, high, wide, pass, warn, range: [from, to] = [0, 1]}: IntervalBarProps) {
  if (mean === null) return null
  const x = (value: number) => 2 + Math.min(1, Math.max(0, (value - from) / (to - from))) * 96
  const line = (name: string, a: number | null | undefined, b: number | null | undefined) =>
    typeof a === 'number' && typeof b === 'number' && <line class={name} x1={x(a)} x2={x(b)} y1="5" y2="5" />
  const mark = (name: string, value: number | undefined) =>
    value !== undefined && <line class={`threshold ${name}`} x1={x(value)} x2={x(value)} y1="0" y2="10" />
  return (
    <svg class="bar" viewBox="0 0 100 10" aria-hidden="true">
      <line x1="2" x2="98" y1="5" y2="5" class="axis" />
      {line('range wide', wide?.low, wide?.high)}
      {line('range', low, high)}
      {mark('warn', warn)}
      {mark('pass', pass)}
      <circle cx={x(mean)} cy="5" r="2.6" class="point" />
    </svg>
  )
}
