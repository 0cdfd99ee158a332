import type {Finding, ReviewPass} from '../../domain/documents/review-report.js'

/** What a pass found, with the advice that follows from it. */
export interface Remark extends Finding {
  recommendation: string
}

const MOST_SHOWN = 80

/** A pass as it stands in the report; equal recommendations are given once. */
export function passOf(
  pass_name: string,
  summary: string,
  remarks: readonly Remark[],
  scores: Record<string, number>,
): ReviewPass {
  return {
    pass_name,
    summary,
    recommendations: [...new Set(remarks.map(({recommendation}) => recommendation))],
    findings: remarks.map(({title, description}) => ({title, description})),
    scores: Object.fromEntries(Object.entries(scores).map(([name, value]) => [name, rounded(value)])),
  }
}

/** A quotation for a finding: the beginning of a text, cut after a word. */
export function quoted(text: string): string {
  const line = text.replaceAll(/\s+/gu, ' ').trim()
  if (line.length <= MOST_SHOWN) return `«${line}»`
  const cut = line.slice(0, MOST_SHOWN)
  return `«${cut.slice(0, Math.max(cut.lastIndexOf(' '), MOST_SHOWN / 2)).trim()}…»`
}

/** A share as Russian text: `87 %`. */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}

/** `part` of `whole`, 1 for nothing of nothing. */
export function shareOf(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole
}

// Four places say all there is to say, and keep the last bits of floating point out of the documents.
function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000
}
