import {
  ownerFindings,
  policyFindings,
  seriesCount,
  type MetricDeclaration,
  type MetricSpec,
  type PolicyFinding,
  type Service,
} from '@ep23/sdk'

import {
  coverageFindings,
  coverageOf,
  type MeasuredRuntime,
  type RuntimeCoverage,
} from '../../domain/runtime-coverage.js'
import {RUNTIME_REQUIREMENTS} from '../../domain/runtime-requirements.js'

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
