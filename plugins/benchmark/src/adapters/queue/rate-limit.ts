/**
 * So many in so many milliseconds, both whole, for at most `rate` in a second.
 * @example rateLimitOf(1.5) // {most: 2, milliseconds: 1334}
 */
export function rateLimitOf(rate: number): {most: number; milliseconds: number} {
  const most = Math.ceil(rate)
  return {most, milliseconds: Math.ceil((most * 1000) / rate)}
}
