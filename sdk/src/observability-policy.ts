import type {LabelBound, MetricSpec, MetricSpecs} from './metrics.js'

export interface PolicyFinding {
  /** The rule's name, e.g. `counter-total`. */
  rule: string
  metric: string
  problem: string
}

type Rule = (spec: MetricSpec) => string | undefined

/** Labels that may be used at all: a new one is a decision, made here. */
export const LABEL_TAXONOMY: ReadonlySet<string> = new Set([
  'channel',
  'exporter',
  'step',
  'window',
  'service',
  'level',
  'scenario',
  'metric',
  'reason',
  'tool',
  'status',
  'command',
  'origin',
  'outcome',
  'gate',
  'judge',
  'version',
  'collection',
  'operation',
  'plugin',
  'state',
])

/** Most series one metric may have: the product of its labels' value counts. */
export const SERIES_BUDGET = 2000

const rules: Readonly<Record<string, Rule>> = {
  'metric-name': ({name}) =>
    /^[a-z][a-z0-9]*(_[a-z0-9]+)+$/u.test(name) ? undefined : 'must be snake_case with a prefix',
  'counter-total': ({kind, name}) =>
    (kind === 'counter') === name.endsWith('_total') ? undefined : 'counters, and only counters, end in _total',
  'base-unit': ({name}) =>
    /_(ms|milliseconds|minutes|hours|kb|mb|percent)(_|$)/u.test(name)
      ? 'use base units: seconds, bytes, ratio'
      : undefined,
  'unit-suffix': ({kind, name, unit}) =>
    ['seconds', 'bytes', 'ratio'].includes(unit) && !name.replace(/_total$/u, '').endsWith(`_${unit}`)
      ? `a metric in ${unit} ends in _${unit}${kind === 'counter' ? '_total' : ''}`
      : undefined,
  'help-text': ({help}) => (/^[A-Z].{8,}\.$/u.test(help) ? undefined : 'help must be a sentence with a full stop'),
  'label-taxonomy': ({labels}) => {
    const unknown = Object.keys(labels).filter(label => !LABEL_TAXONOMY.has(label))
    return unknown.length > 0 ? `labels outside the taxonomy: ${unknown.join(', ')}` : undefined
  },
  'cardinality-bound': ({labels}) => {
    const series = Object.values(labels).reduce((product, bound) => product * valueCount(bound), 1)
    return series >= 1 && series <= SERIES_BUDGET
      ? undefined
      : `${series} series possible, at most ${SERIES_BUDGET} (and at least 1) allowed`
  },
  'histogram-buckets': ({kind, buckets}) => {
    if (kind !== 'histogram') return buckets ? 'only histograms have buckets' : undefined
    return buckets && buckets.length > 0 && isAscending(buckets) ? undefined : 'a histogram needs ascending buckets'
  },
}

/** The names of all rules, for documentation. */
export const POLICY_RULES: readonly string[] = Object.keys(rules)

/** Checks declarations against every rule; an empty answer means they may be registered. */
export function policyFindings(specs: MetricSpecs): PolicyFinding[] {
  const findings = Object.values(specs).flatMap(spec => brokenRules(spec))
  return [...findings, ...repeatedNames(specs)]
}

function brokenRules(spec: MetricSpec): PolicyFinding[] {
  return Object.entries(rules).flatMap(([rule, check]) => {
    const problem = check(spec)
    return problem === undefined ? [] : [{rule, metric: spec.name, problem}]
  })
}

function repeatedNames(specs: MetricSpecs): PolicyFinding[] {
  const names = Object.values(specs).map(spec => spec.name)
  const repeated = new Set(names.filter((name, index) => names.indexOf(name) !== index))
  return [...repeated].map(metric => ({rule: 'unique-name', metric, problem: 'declared twice in one plugin'}))
}

// An `other` value is added to every open label, hence the + 1.
function valueCount(bound: LabelBound): number {
  return 'atMost' in bound ? bound.atMost + 1 : bound.length
}

function isAscending(numbers: readonly number[]): boolean {
  return numbers.every((value, index) => index === 0 || value > (numbers[index - 1] ?? Number.NEGATIVE_INFINITY))
}
