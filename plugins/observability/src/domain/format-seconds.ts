/** `3.2 µs`, `41 ms`, `2.50 s`, `3 min 20 s`: three digits tell apart what matters. */
export function formatSeconds(seconds: number): string {
  if (seconds >= 120) return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`
  if (seconds >= 1) return `${seconds.toPrecision(3)} s`
  if (seconds >= 1e-3) return `${digits(seconds * 1e3)} ms`
  return `${digits(seconds * 1e6)} µs`
}

function digits(value: number): string {
  return value >= 100 ? String(Math.round(value)) : value.toFixed(value >= 10 ? 1 : 2)
}
