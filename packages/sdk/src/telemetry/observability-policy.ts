import {OTHER_LABEL_VALUE, type LabelBound, type MetricSpec, type MetricSpecs} from './metrics.js'
import type {MetricDeclaration} from './shared-metrics.js'
import type {Message, Text} from '../messages.js'
import {words} from '../words/words.js'

const {message} = words

export interface PolicyFinding {
  /** The rule's name, e.g. `counter-total`. */
  rule: string
  metric: string
  problem: Text
}

type Rule = (spec: MetricSpec) => Message | undefined

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
  'dataset',
])

/** Most time series one metric may have: the product of its labels' value counts, times a histogram's own series. */
export const SERIES_BUDGET = 10_000

/** Longest label value: it is repeated in every sample, log label and query. */
export const LABEL_VALUE_LENGTH = 64

const BASE_UNITS = ['seconds', 'bytes', 'ratio']

// `le` bounds are plotted and alerted on one by one; more than this and nobody has chosen them.
const MOST_BUCKETS = 30

// The names, abbreviations and reserved words are those that `promtool check metrics` (promlint) objects to.
const rules: Readonly<Record<string, Rule>> = {
  'metric-name': ({name}) => (/^[a-z][a-z0-9]*(_[a-z0-9]+)+$/u.test(name) ? undefined : message('snakeCase')),
  'reserved-name': ({name}) =>
    /_(bucket|sum|count|created|info|counter|gauge|histogram|summary)$/u.test(name)
      ? message('reservedEnding')
      : undefined,
  'counter-total': ({kind, name}) =>
    (kind === 'counter') === name.endsWith('_total') ? undefined : message('onlyCountersTotal'),
  'base-unit': ({name}) => {
    const inName =
      /_(milliseconds|microseconds|nanoseconds|minutes|hours|days|weeks|(kilo|mega|giga)bytes|bits|percent|s|ms|us|ns|sec|m|h|d|b|kb|mb|gb|tb)(_|$)/u
    return inName.test(name) ? message('baseUnits') : undefined
  },
  'unit-suffix': ({kind, name, unit}) => {
    const total = kind === 'counter' ? '_total' : ''
    const suffix = BASE_UNITS.find(candidate => name.endsWith(`_${candidate}${total}`))
    if (BASE_UNITS.includes(unit) && suffix !== unit) return message('unitEnds', {unit, total})
    return suffix !== undefined && suffix !== unit ? message('unitOtherwise', {suffix, unit}) : undefined
  },
  'unit-name': ({unit}) => (/^[a-z][a-z_]*$/u.test(unit) ? undefined : message('unitIsWord')),
  'ratio-kind': ({kind, unit}) => (unit === 'ratio' && kind === 'counter' ? message('ratioCounter') : undefined),
  'help-text': ({help}) => (/^[A-Z].{8,}\.$/u.test(help) ? undefined : message('helpSentence')),
  'label-taxonomy': ({labels}) => {
    const unknown = Object.keys(labels).filter(label => !LABEL_TAXONOMY.has(label))
    return unknown.length > 0 ? message('labelsOutside', {labels: unknown.join(', ')}) : undefined
  },
  'label-values': ({labels}) => {
    const broken = Object.entries(labels).filter(([, bound]) => !isSoundBound(bound))
    return broken.length > 0
      ? message('labelValues', {labels: broken.map(([label]) => label).join(', '), most: LABEL_VALUE_LENGTH})
      : undefined
  },
  'cardinality-bound': spec => {
    const series = seriesCount(spec)
    return series <= SERIES_BUDGET ? undefined : message('tooManySeries', {series, most: SERIES_BUDGET})
  },
  'histogram-buckets': ({kind, buckets}) => {
    if (kind !== 'histogram') return buckets ? message('onlyHistogramBuckets') : undefined
    if (!buckets || buckets.length === 0) return message('needsBuckets')
    if (buckets.length > MOST_BUCKETS) return message('tooManyBuckets', {buckets: buckets.length, most: MOST_BUCKETS})
    return isAscending(buckets) && buckets.every(Number.isFinite) ? undefined : message('bucketsAscend')
  },
}

/** The names of all rules, for documentation. */
export const POLICY_RULES: readonly string[] = ['declaration-shape', ...Object.keys(rules), 'unique-name', 'one-owner']

/** Checks declarations against every rule; an empty answer means they may be registered. */
export function policyFindings(specs: MetricSpecs): PolicyFinding[] {
  const findings = Object.entries(specs).flatMap(([key, spec]) => brokenRules(key, spec))
  return [...findings, ...repeatedNames(specs)]
}

/** Most time series this metric can have, `other` and a histogram's `_bucket`, `+Inf`, `_sum`, `_count` included. */
export function seriesCount({kind, labels, buckets = []}: MetricSpec): number {
  const combinations = Object.values(labels).reduce((product, bound) => product * valueCount(bound), 1)
  return combinations * (kind === 'histogram' ? buckets.length + 3 : 1)
}

function brokenRules(key: string, spec: MetricSpec): PolicyFinding[] {
  const misshapen = shapeProblem(spec)
  if (misshapen) return [{rule: 'declaration-shape', metric: key, problem: misshapen}]
  return Object.entries(rules).flatMap(([rule, check]) => {
    const problem = check(spec)
    return problem === undefined ? [] : [{rule, metric: spec.name, problem}]
  })
}

// A plugin written in JavaScript has no compiler to tell it, and the other rules rely on the shape.
function shapeProblem(spec: Partial<Record<keyof MetricSpec, unknown>> | undefined): Message | undefined {
  if (!['counter', 'gauge', 'histogram'].includes(String(spec?.kind))) return message('metricKinds')
  const absent = (['name', 'help', 'unit'] as const).filter(field => typeof spec?.[field] !== 'string')
  if (absent.length > 0) return message('mustBeText', {fields: absent.join(', ')})
  if (typeof spec?.labels !== 'object' || spec.labels === null) return message('labelsObject')
  return spec.buckets === undefined || Array.isArray(spec.buckets) ? undefined : message('bucketsList')
}

function repeatedNames(specs: MetricSpecs): PolicyFinding[] {
  const names = Object.values(specs).map(spec => spec?.name)
  const repeated = new Set(names.filter((name, index) => name !== undefined && names.indexOf(name) !== index))
  return [...repeated].map(metric => ({rule: 'unique-name', metric, problem: message('declaredTwice')}))
}

function isSoundBound(bound: unknown): boolean {
  if (!Array.isArray(bound)) {
    const {atMost} = (bound ?? {}) as {atMost?: unknown}
    return Number.isInteger(atMost) && Number(atMost) >= 1
  }
  const values: readonly unknown[] = bound
  return values.length > 0 && new Set(values).size === values.length && values.every(isSoundValue)
}

function isSoundValue(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    value !== '' &&
    value.length <= LABEL_VALUE_LENGTH &&
    !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(value)
  )
}

// A value outside the bound is recorded as `other`, which is one more series unless the set has it already.
function valueCount(bound: LabelBound): number {
  if (!isSoundBound(bound)) return 1
  if ('atMost' in bound) return bound.atMost + 1
  return bound.includes(OTHER_LABEL_VALUE) ? bound.length : bound.length + 1
}

function isAscending(numbers: readonly number[]): boolean {
  return numbers.every((value, index) => index === 0 || value > (numbers[index - 1] ?? Number.NEGATIVE_INFINITY))
}

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
    return [{rule: 'one-owner', metric, problem: message('belongsTo', {owner: owner ?? '', others: others.join(', ')})}]
  })
}
