import type {IntervalFacts} from '../../domain/assessment/interval-facts.js'

/** Four significant digits, or a dash where nothing was measured. */
export function formatNumber(value: number | null): string {
  return value === null ? '—' : String(Number(value.toPrecision(4)))
}

/** `0.7134 [0.70, 0.73]` */
export function formatInterval({estimate, low, high, method}: IntervalFacts): string {
  if (estimate === null) return '—'
  if (method === 'exact') return formatNumber(estimate)
  return `${formatNumber(estimate)} [${formatNumber(low)}, ${formatNumber(high)}]`
}
