import {ownField} from '@ep23/sdk'
import type {Finding, ReviewPass} from '../../domain/review-report.js'
import {counted} from '../../domain/russian-words.js'

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

/** `part` of `whole`, 1 for nothing of nothing. */
export function shareOf(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole
}

// Four places say all there is to say, and keep the last bits of floating point out of the documents.
function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000
}

const PASS_TITLES: Readonly<Record<string, string>> = {
  structure: 'структура',
  coverage: 'полнота',
  language: 'язык',
  redundancy: 'повторы',
}

/** The review in two or three sentences, which say no more than the passes found. */
export function synthesis(passes: readonly ReviewPass[]): string {
  const withFindings = passes.filter(({findings}) => findings.length > 0)
  if (withFindings.length === 0) return `Замечаний нет. ${passes.map(({summary}) => summary).join(' ')}`
  const total = withFindings.reduce((sum, {findings}) => sum + findings.length, 0)
  const shares = withFindings.map(({pass_name, findings}) => `${titleOf(pass_name)} — ${findings.length}`).join(', ')
  const first = withFindings.flatMap(({recommendations}) => recommendations.slice(0, 1)).join(' ')
  return `${counted(total, ['замечание', 'замечания', 'замечаний'])}: ${shares}. ${first}`
}

function titleOf(passName: string): string {
  return ownField(PASS_TITLES, passName) ?? passName
}
