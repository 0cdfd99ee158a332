// Numbers as all pages and tables write them.

interface Bounds {
  low: number | null
  high: number | null
}

/** Three decimals for scores, one for larger numbers, two digits for tiny ones, a dash for what was not measured. */
export function numberText(value: number | null | undefined): string {
  if (value === null || value === undefined) return '—'
  const size = Math.abs(value)
  if (size >= 10) return value.toFixed(1)
  return size > 0 && size < 0.0005 ? String(Number(value.toPrecision(2))) : value.toFixed(3)
}

/** Three decimals whatever the size, one for larger numbers, a short dash: as the tables of kept Markdown pages have them. */
export function tableText(value: number | null): string {
  return value === null ? '–' : value.toFixed(Math.abs(value) >= 10 ? 1 : 3)
}

/** Four decimals, for measures of rankings. */
export function fixedText(value: number): string {
  return value.toFixed(4)
}

/**
 * With a true minus, and a plus where it rose.
 * @example
 * signedText(-0.25) // '−0.250'
 * signedText(0.25, fixedText) // '+0.2500'
 */
export function signedText(value: number | null | undefined, text: (value: number) => string = numberText): string {
  if (value === null || value === undefined) return '—'
  if (value === 0) return text(0)
  return `${value > 0 ? '+' : '−'}${text(Math.abs(value))}`
}

/** `0.812 … 0.877`, a dash where there are no bounds. */
export function boundsText({low, high}: Bounds, text: (value: number) => string = numberText): string {
  const bound = (value: number | null): string => (value === null ? '—' : text(value))
  return low === null && high === null ? '—' : `${bound(low)} … ${bound(high)}`
}

/** Four significant digits, or a dash where nothing was measured. */
export function significantText(value: number | null): string {
  return value === null ? '—' : String(Number(value.toPrecision(4)))
}

/** `0.7134 [0.70, 0.73]`; only the number where no sampling stands behind it. */
export function intervalText({
  estimate,
  low,
  high,
  method,
}: Bounds & {estimate: number | null; method: string}): string {
  if (estimate === null) return '—'
  if (method === 'exact') return significantText(estimate)
  return `${significantText(estimate)} [${significantText(low)}, ${significantText(high)}]`
}

export function probabilityText(p: number): string {
  return p < 0.001 ? '< 0.001' : p.toFixed(3)
}

/** `12.3 %` of a share of 0.123; with 0 decimals `12 %`. */
export function percentText(share: number, decimals = 1): string {
  return `${(100 * share).toFixed(decimals)} %`
}

/** Seconds as milliseconds with three significant digits, never in exponents, without the unit. */
export function millisecondsText(seconds: number): string {
  return Number((seconds * 1000).toPrecision(3)).toString()
}

/** 2026-11-23T04:05:06.789Z → 2026-11-23 04:05. */
export function minuteText(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ')
}
