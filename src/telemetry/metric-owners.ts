import {
  joined,
  Ep23Error,
  EXIT,
  ownerFindings,
  type MetricDeclaration,
  type Metrics,
  type MetricSpecs,
  type PluginContribution,
  type Message,
} from '@ep23/sdk'

import {hostMetrics} from './host-metrics.js'
import {message} from '../words/words.js'

const HOST = 'ep23'

/** Every declaration of the host and of the plugins, in the order in which they are loaded. */
export function declarationsOf(contributions: readonly PluginContribution[]): MetricDeclaration[] {
  const groups = [
    {owner: HOST, metrics: hostMetrics as MetricSpecs},
    ...contributions.map(({plugin, metrics}) => ({owner: plugin, metrics: metrics ?? {}})),
  ]
  return groups.flatMap(({owner, metrics}) => Object.values(metrics).map(spec => ({owner, spec})))
}

/** What each may show of its own: a name that somebody else declared before is left out. */
export function ownedMetrics(contributions: readonly PluginContribution[]): Map<string, MetricSpecs> {
  const owners = ownersOf(contributions)
  const owned = declarationsOf(contributions).filter(({owner, spec}) => owners.get(spec?.name) === owner)
  const groups = Map.groupBy(owned, ({owner}) => owner)
  return new Map(
    [...groups].map(([owner, group]) => [owner, Object.fromEntries(group.map(({spec}, i) => [`${i}`, spec]))]),
  )
}

/** What breaks the rule, in one sentence; undefined when every name has one owner. */
export function ownerProblem(contributions: readonly PluginContribution[]): Message | undefined {
  const findings = ownerFindings(declarationsOf(contributions))
  if (findings.length === 0) return undefined
  const reasons = findings.map(finding => message('ownerBreaks', finding))
  return message('refusedMetrics', {reasons: joined(reasons, '; ')})
}

/**
 * The registry as a command of a team's plugin may use it.
 * @throws Ep23Error METRIC_POLICY (65), from `bind`, for a name that belongs to somebody else
 */
export function metricsFor(plugin: string, metrics: Metrics, contributions: readonly PluginContribution[]): Metrics {
  const owners = ownersOf(contributions)
  return {
    bind(specs) {
      const taken = Object.values(specs).find(spec => (owners.get(spec?.name) ?? plugin) !== plugin)
      if (taken === undefined) return metrics.bind(specs)
      throw new Ep23Error(message('belongsTo', {metric: taken.name, owner: owners.get(taken.name) ?? '', plugin}), {
        code: 'METRIC_POLICY',
        exit: EXIT.badData,
        suggestions: [message('renameMetricOf', {name: taken.name, plugin})],
      })
    },
  }
}

function ownersOf(contributions: readonly PluginContribution[]): Map<string, string> {
  // The last entry of a Map's list holds, and the first declaration is to hold.
  return new Map(
    declarationsOf(contributions)
      .toReversed()
      .map(({owner, spec}) => [spec?.name, owner]),
  )
}
