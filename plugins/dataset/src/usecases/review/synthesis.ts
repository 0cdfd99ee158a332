import type {ReviewPass} from '../../domain/documents/review-report.js'
import {counted} from '../../domain/russian-words.js'

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
  return PASS_TITLES[passName] ?? passName
}
