/** An exact decimal number: `digits` × 10^-`scale`. */
export interface Decimal {
  digits: bigint
  scale: number
}

/**
 * The number that its shortest text means (0.1 is one tenth). Sums of such decimals do not depend on the order in
 * which they are added, as sums of floating-point numbers do: there the last bit of a total changes with the order,
 * and a counter that falls by one bit looks like a restart to Prometheus, which then adds the whole total again.
 */
export function toDecimal(value: number | string): Decimal {
  const {
    sign = '',
    whole = '',
    fraction = '',
    exponent = '0',
  } = /^(?<sign>-?)(?<whole>\d+)(?:\.(?<fraction>\d+))?(?:e(?<exponent>[+-]?\d+))?$/u.exec(String(value))?.groups ?? {}
  if (whole === '') throw new RangeError(`not a finite decimal number: ${value}`)
  const scale = fraction.length - Number(exponent)
  const digits = BigInt(`${sign}${whole}${fraction}`)
  return scale >= 0 ? {digits, scale} : {digits: digits * 10n ** BigInt(-scale), scale: 0}
}

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale)
  return {digits: atScale(a, scale) + atScale(b, scale), scale}
}

/** Plain digits with a decimal point, without an exponent or trailing zeros; `toDecimal` reads it back. */
export function formatDecimal({digits, scale}: Decimal): string {
  const negative = digits < 0n
  const padded = String(negative ? -digits : digits).padStart(scale + 1, '0')
  const whole = padded.slice(0, padded.length - scale)
  const fraction = padded.slice(padded.length - scale).replace(/0+$/u, '')
  return `${negative ? '-' : ''}${whole}${fraction && `.${fraction}`}`
}

/** The nearest floating-point number. */
export function decimalToNumber(decimal: Decimal): number {
  return Number(formatDecimal(decimal))
}

function atScale({digits, scale}: Decimal, target: number): bigint {
  return digits * 10n ** BigInt(target - scale)
}
