interface Bounds {
  low: number
  high: number
}

export function fixedText(value: number): string {
  return value.toFixed(4)
}

export function signedText(value: number): string {
  return `${value > 0 ? '+' : ''}${fixedText(value)}`
}

/** Seconds as milliseconds with three significant digits, never in exponents. */
export function milliseconds(seconds: number): string {
  return Number((seconds * 1000).toPrecision(3)).toString()
}

export function boundsText({low, high}: Bounds, text: (value: number) => string = fixedText): string {
  return `${text(low)} … ${text(high)}`
}

/** 2026-11-23T04:05:06.789Z → 2026-11-23 04:05. */
export function minuteText(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ')
}
