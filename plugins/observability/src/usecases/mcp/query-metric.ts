import {badDataError, type Runtime, type SharedSeries} from '@ep23/sdk'

import {shortened} from '../../domain/mcp/command-summaries.js'
import type {Arguments} from '../../domain/mcp/tool.js'

type SharedMetrics = Runtime['sharedMetrics']

export interface QueriedMetric {
  name: string
  kind: string
  unit: string
  help: string
  owner: string
  series: readonly SharedSeries[]
}

const MOST_NAMES = 8

/** The stored series of a declared metric. @throws Ep23Error METRIC_UNKNOWN (65), with the names that come near */
export async function queryMetric(sharedMetrics: SharedMetrics, args: Arguments): Promise<QueriedMetric> {
  const declarations = await sharedMetrics.declarations()
  const declared = declarations.find(({spec}) => spec.name === args['name'])
  if (!declared) {
    const names = declarations.map(({spec}) => spec.name)
    throw badDataError('METRIC_UNKNOWN', `no metric ${String(args['name'])} is declared`, [
      `ask for one of ${nearest(String(args['name']), names).join(', ')}`,
    ])
  }
  const {owner, spec} = declared
  const wanted = Object.entries((args['labels'] ?? {}) as Record<string, string>)
  const series = (await sharedMetrics.series()).filter(
    ({name, labels}) => name === spec.name && wanted.every(([label, value]) => labels[label] === value),
  )
  return {name: spec.name, kind: spec.kind, unit: spec.unit, help: spec.help, owner, series}
}

// Those that share most words; a caller that has no idea of the names gets some of each kind.
function nearest(asked: string, names: readonly string[]): string[] {
  const words = asked.toLowerCase().split(/[^a-z0-9]+/u)
  const shared = (name: string): number => name.split('_').filter(word => words.includes(word)).length
  return names.toSorted((a, b) => shared(b) - shared(a) || (a < b ? -1 : 1)).slice(0, MOST_NAMES)
}

/** One line per series, as in an exposition. */
export function seriesLines({name, kind, unit, help, series}: QueriedMetric): string[] {
  const head = `${name}, a ${kind} in ${unit}: ${help}`
  if (series.length === 0)
    return [head, 'no run has recorded it; gauges that are read when scraped are at the sidecar’s /metrics only']
  return [head, ...shortened(series.map(one => `${labelsOf(one)} ${valueOf(one)}`))]
}

function labelsOf({name, labels}: SharedSeries): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`)
  return `${name}{${pairs.join(',')}}`
}

function valueOf(series: SharedSeries): string {
  if (series.kind !== 'histogram') return String(series.value)
  return `count ${series.counts.reduce((sum, count) => sum + count, 0)}, sum ${series.sum}`
}
