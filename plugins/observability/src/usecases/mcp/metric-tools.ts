import {badDataError, type Runtime, type SharedSeries} from '@ep23/sdk'

import {shortened} from '../../domain/tool-summaries.js'
import {READS, takes, type Arguments, type Tool} from '../../domain/tool.js'
import {message} from '../../words/words.js'

/** What is declared of metrics and what the runs have recorded in them. */
export function metricTools({sharedMetrics}: Pick<Runtime, 'sharedMetrics'>): Tool[] {
  return [
    {
      name: 'query_metric',
      title: 'Metric',
      description: 'The values of a declared metric over all runs, one per series.',
      inputSchema: takes(
        {
          name: {type: 'string', minLength: 1, maxLength: 200},
          labels: {type: 'object', additionalProperties: {type: 'string'}, description: 'Only series with these.'},
        },
        ['name'],
      ),
      annotations: READS,
      scope: 'read',
      summarize: data => seriesLines(data as QueriedMetric),
      run: async args => ({data: await queryMetric(sharedMetrics, args)}),
    },
    {
      name: 'explain_policy_finding',
      title: 'Rule of the observability policy',
      description: 'What the rule demands whose name a finding of the observability policy carries.',
      inputSchema: takes({rule: {enum: Object.keys(POLICY_DEMANDS)}}, ['rule']),
      annotations: READS,
      scope: 'read',
      summarize: data => [`${(data as {rule: string}).rule}: ${(data as {demands: string}).demands}`],
      run: async ({rule}) => ({data: {rule, demands: POLICY_DEMANDS[String(rule)]}}),
    },
  ]
}

type SharedMetrics = Runtime['sharedMetrics']

interface QueriedMetric {
  name: string
  kind: string
  unit: string
  help: string
  owner: string
  series: readonly SharedSeries[]
}

const MOST_NAMES = 8

/** The stored series of a declared metric. @throws Ep23Error METRIC_UNKNOWN (65), with the names that come near */
async function queryMetric(sharedMetrics: SharedMetrics, args: Arguments): Promise<QueriedMetric> {
  const declarations = await sharedMetrics.declarations()
  const declared = declarations.find(({spec}) => spec.name === args['name'])
  if (!declared) {
    const names = declarations.map(({spec}) => spec.name)
    throw badDataError('METRIC_UNKNOWN', message('noMetric', {name: String(args['name'])}), [
      message('askForOne', {names: nearest(String(args['name']), names).join(', ')}),
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
function seriesLines({name, kind, unit, help, series}: QueriedMetric): string[] {
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

/** What each rule demands, by the name under which a finding is reported. */
const POLICY_DEMANDS: Readonly<Record<string, string>> = {
  'declaration-shape':
    'A declaration has kind (counter, gauge or histogram), name, help, unit and labels ({} for none).',
  'metric-name': 'The name is snake_case and begins with a prefix: dataset_seed_runs_total.',
  'reserved-name':
    'The name does not end in a word that Prometheus adds itself (_count, _sum, _bucket) or that repeats the kind.',
  'counter-total': 'Counters end in _total, and nothing else does.',
  'base-unit': 'Values are in base units, written out: seconds, bytes, ratio; never milliseconds or percent.',
  'unit-suffix': 'A metric in seconds, bytes or a ratio ends in that unit, and a name that ends so has that unit.',
  'unit-name': 'The unit is a lower-case word, such as seconds or documents.',
  'ratio-kind': 'Ratios do not add up, so no counter is a ratio: use a gauge or a histogram.',
  'help-text': 'The help is a sentence: a capital letter at the beginning, a full stop at the end.',
  'label-taxonomy': 'Only labels of the taxonomy are used; a new one is a decision, made in the policy.',
  'label-values': 'Each label has a closed list of distinct values, or says how many it may take at most.',
  'cardinality-bound': 'All combinations of label values together stay within the budget of series for one metric.',
  'histogram-buckets':
    'Histograms, and only they, have buckets: finite, ascending, not more than can be chosen with reason.',
  'unique-name': 'A plugin declares each name once.',
  'one-owner': 'A name belongs to the plugin that declares it first; no other plugin uses it, whatever the kind.',
  'same-declaration': 'Two copies of a declaration have the same kind, unit, labels and buckets.',
  'runtime-runs': 'The runtime starts, works and ends with exit code 0.',
  'runtime-metric': 'The runtime shows every metric that is required of it.',
  'runtime-log-field': 'Every log line of the runtime has all required fields.',
  'runtime-span': "The runtime's trace has every required span.",
}
