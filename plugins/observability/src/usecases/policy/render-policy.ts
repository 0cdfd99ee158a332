import type {LabelBound} from '@ep23/sdk'

import type {PolicyReport} from './check-policy.js'

export function renderPolicy({declarations, coverage, findings}: PolicyReport): string[] {
  return [
    ...declarations.map(
      ({owner, kind, name, unit, labels, series_at_most}) =>
        `${name}{${labelsText(labels)}}  ${kind}, ${unit}, at most ${series_at_most} series, by ${owner}`,
    ),
    '',
    ...coverage.map(
      ({service, metrics, log_fields, spans, log_lines}) =>
        `${service}: ${had(metrics)} metrics, ${had(log_fields)} fields in ${log_lines} log lines, ${had(spans)} spans`,
    ),
    '',
    ...findings.map(({rule, metric, problem}) => `✗ ${rule}: ${metric}: ${problem}`),
    findings.length === 0 ? 'The policy holds.' : `The policy is broken in ${findings.length} places.`,
  ]
}

function labelsText(labels: Readonly<Record<string, LabelBound>>): string {
  return Object.entries(labels)
    .map(([label, bound]) => `${label}=${boundText(bound)}`)
    .join(', ')
}

/** `ok|failed`, or `≤ 50 values`. */
export function boundText(bound: LabelBound): string {
  return 'atMost' in bound ? `≤ ${bound.atMost} values` : bound.join('|')
}

function had({required, missing}: {required: number; missing: readonly string[]}): string {
  return `${required - missing.length} of ${required} required`
}
