import type {IntervalFacts} from '../assessment/interval-facts.js'

/** Three decimals for scores, one for larger numbers, two digits for tiny ones, a dash for what was not measured. */
export function numberText(value: number | null | undefined): string {
  if (value === null || value === undefined) return '—'
  const size = Math.abs(value)
  if (size >= 10) return value.toFixed(1)
  return size > 0 && size < 0.0005 ? String(Number(value.toPrecision(2))) : value.toFixed(3)
}

/** With a true minus, and a plus where it rose. */
export function signedText(value: number | null | undefined): string {
  if (value === null || value === undefined || value === 0) return numberText(value)
  return `${value > 0 ? '+' : '−'}${numberText(Math.abs(value))}`
}

export function boundsText(
  {low, high}: Pick<IntervalFacts, 'low' | 'high'>,
  text: (value: number | null) => string = numberText,
): string {
  return low === null && high === null ? '—' : `${text(low)} … ${text(high)}`
}

export function probabilityText(p: number): string {
  return p < 0.001 ? '< 0.001' : p.toFixed(3)
}

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
