const DAY = 86_400_000

/** The days from one to another, both included; none when the second comes first. */
export function daysBetween(from: string, to: string): string[] {
  const [first, last] = [Date.parse(from), Date.parse(to)]
  return Array.from({length: Math.max(0, (last - first) / DAY + 1)}, (_, i) => dayAt(first + i * DAY))
}

/** The day so many days after another, or before it. */
export function dayAfter(day: string, days = 1): string {
  return dayAt(Date.parse(day) + days * DAY)
}

function dayAt(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}
