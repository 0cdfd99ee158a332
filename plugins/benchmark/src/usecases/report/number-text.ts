import type {IntervalFacts} from '../../domain/verdict.js'

/** Three decimals for scores, one for larger numbers, a dash for what was not measured. */
export function numberText(value: number | null | undefined): string {
  if (value === null || value === undefined) return '—'
  return value.toFixed(Math.abs(value) >= 10 ? 1 : 3)
}

export function signedText(value: number | null): string {
  return value !== null && value > 0 ? `+${numberText(value)}` : numberText(value)
}

export function boundsText({low, high}: IntervalFacts, text: (value: number | null) => string = numberText): string {
  return low === null && high === null ? '—' : `${text(low)} … ${text(high)}`
}

export function probabilityText(p: number): string {
  return p < 0.001 ? '< 0.001' : p.toFixed(3)
}
