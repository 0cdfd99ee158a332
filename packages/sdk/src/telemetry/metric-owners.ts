import type {PolicyFinding} from './observability-policy.js'
import type {MetricDeclaration} from './shared-metrics.js'

/**
 * Rule `one-owner`: a metric name belongs to whoever declares it first, whatever the others' kind. Two plugins that count into one
 * series, or show their own under another's name, make its numbers mean nothing.
 * @param declarations in the order in which they are loaded: the host, its plugins, those that a team linked or installed
 */
export function ownerFindings(declarations: readonly MetricDeclaration[]): PolicyFinding[] {
  const groups = Map.groupBy(declarations, ({spec}) => spec?.name)
  return [...groups].flatMap(([metric, group]) => {
    const [owner, ...others] = new Set(group.map(declaration => declaration.owner))
    if (metric === undefined || others.length === 0) return []
    return [{rule: 'one-owner', metric, problem: `belongs to ${owner}; ${others.join(', ')} must choose another name`}]
  })
}
