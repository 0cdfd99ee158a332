import {OTHER_LABEL_VALUE, type LabelBound, type MetricSpec, type MetricSpecs} from './metrics.js'
import type {MetricDeclaration} from './shared-metrics.js'

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
  'metric-name': ({name}) =>
    /^[a-z][a-z0-9]*(_[a-z0-9]+)+$/u.test(name) ? undefined : 'must be snake_case with a prefix',
  'reserved-name': ({name}) =>
    /_(bucket|sum|count|created|info|counter|gauge|histogram|summary)$/u.test(name)
      ? 'ends in a word that Prometheus adds itself or that only repeats the kind'
      : undefined,
  'counter-total': ({kind, name}) =>
    (kind === 'counter') === name.endsWith('_total') ? undefined : 'counters, and only counters, end in _total',
  'base-unit': ({name}) => {
    const inName =
      /_(milliseconds|microseconds|nanoseconds|minutes|hours|days|weeks|(kilo|mega|giga)bytes|bits|percent|s|ms|us|ns|sec|m|h|d|b|kb|mb|gb|tb)(_|$)/u
    return inName.test(name) ? 'use base units, written out: seconds, bytes, ratio' : undefined
  },
  'unit-suffix': ({kind, name, unit}) => {
    const total = kind === 'counter' ? '_total' : ''
    const suffix = BASE_UNITS.find(candidate => name.endsWith(`_${candidate}${total}`))
    if (BASE_UNITS.includes(unit) && suffix !== unit) return `a metric in ${unit} ends in _${unit}${total}`
    return suffix !== undefined && suffix !== unit ? `the name says ${suffix}, the unit says ${unit}` : undefined
  },
  'unit-name': ({unit}) =>
    /^[a-z][a-z_]*$/u.test(unit) ? undefined : 'the unit is a word, such as seconds or documents',
  'ratio-kind': ({kind, unit}) =>
    unit === 'ratio' && kind === 'counter' ? 'ratios do not add up: use a gauge or a histogram' : undefined,
  'help-text': ({help}) => (/^[A-Z].{8,}\.$/u.test(help) ? undefined : 'help must be a sentence with a full stop'),
  'label-taxonomy': ({labels}) => {
    const unknown = Object.keys(labels).filter(label => !LABEL_TAXONOMY.has(label))
    return unknown.length > 0 ? `labels outside the taxonomy: ${unknown.join(', ')}` : undefined
  },
  'label-values': ({labels}) => {
    const broken = Object.entries(labels).filter(([, bound]) => !isSoundBound(bound))
    return broken.length > 0
      ? `${broken.map(([label]) => label).join(', ')}: needs distinct values of 1 to ${LABEL_VALUE_LENGTH} printable characters, or atMost: a whole number from 1`
      : undefined
  },
  'cardinality-bound': spec => {
    const series = seriesCount(spec)
    return series <= SERIES_BUDGET ? undefined : `${series} series possible, at most ${SERIES_BUDGET} allowed`
  },
  'histogram-buckets': ({kind, buckets}) => {
    if (kind !== 'histogram') return buckets ? 'only histograms have buckets' : undefined
    if (!buckets || buckets.length === 0) return 'a histogram needs buckets'
    if (buckets.length > MOST_BUCKETS) return `${buckets.length} buckets, at most ${MOST_BUCKETS} allowed`
    return isAscending(buckets) && buckets.every(Number.isFinite)
      ? undefined
      : 'buckets are finite and ascend (+Inf is added)'
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
function shapeProblem(spec: Partial<Record<keyof MetricSpec, unknown>> | undefined): string | undefined {
  if (!['counter', 'gauge', 'histogram'].includes(String(spec?.kind))) return 'kind is counter, gauge or histogram'
  const absent = (['name', 'help', 'unit'] as const).filter(field => typeof spec?.[field] !== 'string')
  if (absent.length > 0) return `${absent.join(', ')}: must be a text`
  if (typeof spec?.labels !== 'object' || spec.labels === null) return 'labels: must be an object, {} for none'
  return spec.buckets === undefined || Array.isArray(spec.buckets) ? undefined : 'buckets: must be a list of numbers'
}

function repeatedNames(specs: MetricSpecs): PolicyFinding[] {
  const names = Object.values(specs).map(spec => spec?.name)
  const repeated = new Set(names.filter((name, index) => name !== undefined && names.indexOf(name) !== index))
  return [...repeated].map(metric => ({rule: 'unique-name', metric, problem: 'declared twice in one plugin'}))
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
    return [{rule: 'one-owner', metric, problem: `belongs to ${owner}; ${others.join(', ')} must choose another name`}]
  })
}
