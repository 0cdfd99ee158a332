/** A number, share, date or time of day written with digits somewhere in a text. */
export interface Quantity {
  text: string
  /** UTF-16 offsets in the text it was found in. */
  start: number
  end: number
  /**
   * What it may mean, the likeliest first: `number:5500`, `percent:12.5`, `date:2024-11-05`, `date:--11-05` (no year),
   * `month:2024-11`, `time:12:30`, `version:3.12.1`. More than one where the spelling is ambiguous: `1,000`, `2–3 млн`.
   */
  readings: string[]
}

/** Overwrites spans, which must not overlap, by spaces of equal length, so that later searches skip them and offsets stay true. */
export function blankOut(text: string, spans: readonly {start: number; end: number}[]): string {
  let [rest, done] = ['', 0]
  for (const {start, end} of spans.toSorted((a, b) => a.start - b.start)) {
    rest += text.slice(done, start) + ' '.repeat(end - start)
    done = end
  }
  return rest + text.slice(done)
}
