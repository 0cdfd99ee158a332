import {
  joined,
  type Message,
  ownerFindings,
  policyFindings,
  seriesCount,
  type MetricDeclaration,
  type MetricSpec,
  type PolicyFinding,
  type Service,
  type LabelBound,
  type Text,
} from '@ep23/sdk'

import {
  coverageFindings,
  coverageOf,
  RUNTIME_REQUIREMENTS,
  type MeasuredRuntime,
  type RuntimeCoverage,
} from '../domain/runtime-coverage.js'
import {message} from '../words/words.js'

export interface PolicyReport {
  declarations: (MetricSpec & {owner: string; series_at_most: number})[]
  coverage: RuntimeCoverage[]
  findings: PolicyFinding[]
}

interface PolicyDeps {
  declarations: readonly MetricDeclaration[]
  /** Undefined leaves the runtimes unmeasured. */
  measure: ((service: Service) => Promise<MeasuredRuntime>) | undefined
}

/** Holds every declaration against the rules, and every runtime against what it must show of itself. */
export async function checkPolicy({declarations, measure}: PolicyDeps): Promise<PolicyReport> {
  const coverage: RuntimeCoverage[] = []
  if (measure)
    for (const required of RUNTIME_REQUIREMENTS) coverage.push(coverageOf(required, await measure(required.service)))
  return {
    declarations: declarations.map(({owner, spec}) => ({...spec, owner, series_at_most: seriesCount(spec)})),
    coverage,
    findings: [
      ...declarationFindings(declarations),
      ...ownerFindings(declarations),
      ...coverage.flatMap(coverageFindings),
    ],
  }
}

function declarationFindings(declarations: readonly MetricDeclaration[]): PolicyFinding[] {
  const groups = Map.groupBy(declarations, ({owner}) => owner)
  return [...groups.values()].flatMap(group =>
    policyFindings(Object.fromEntries(group.map(({spec}, index) => [`${index}`, spec]))),
  )
}

export function renderPolicy({declarations, coverage, findings}: PolicyReport): Text[] {
  return [
    ...declarations.map(({owner, kind, name, unit, labels, series_at_most}) =>
      message('metricLine', {
        metric: `${name}{${labelsText(labels)}}`,
        ...{kind, unit, owner},
        series: series_at_most,
      }),
    ),
    '',
    ...coverage.map(({service, metrics, log_fields, spans, log_lines}) =>
      message('coverageLine', {
        service,
        metrics: had(metrics),
        fields: had(log_fields),
        lines: log_lines,
        spans: had(spans),
      }),
    ),
    '',
    ...findings.map(({rule, metric, problem}) => joined([`✗ ${rule}`, metric, problem], ': ')),
    findings.length === 0 ? message('policyMet') : message('policyBroken', {places: findings.length}),
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

function had({required, missing}: {required: number; missing: readonly string[]}): Message {
  return message('requiredThere', {there: required - missing.length, required})
}
