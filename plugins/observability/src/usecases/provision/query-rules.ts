import {policyFindings, type MetricSpec, ownField, type Message} from '@ep23/sdk'

import {filesOf, type Finding, type ProvisionRule, type Expression, type ProvisionSet} from '../../domain/provision.js'
import {withoutVariables} from './parse-sources.js'
import {promqlFacts, type PromqlFacts, type Selector} from './promql-facts.js'
import {message} from '../../words/words.js'

/** Labels that Prometheus adds to every series, and `ALERTS`'s. */
const ADDED_LABELS = new Set(['job', 'instance', 'le'])

/** Series that Prometheus makes itself. */
const BUILT_IN = new Set(['up', 'ALERTS', 'scrape_duration_seconds', 'scrape_samples_scraped'])

interface Query {
  expression: Expression
  facts: PromqlFacts
}

interface Known {
  specs: ReadonlyMap<string, MetricSpec>
  recorded: ReadonlySet<string>
}

/** Rules 1, 2 and 4: what the queries name exists, is bounded, and is used as its kind demands. */
export function checkQueries(set: ProvisionSet): Finding[] {
  const specs = new Map(set.declarations.map(({spec}) => [spec.name, spec]))
  const recorded = new Set(recordNames(set))
  const queries = set.expressions
    .filter(({language}) => language === 'promql')
    .map(expression => ({expression, facts: promqlFacts(withoutVariables(expression.text, set.scrapeSeconds))}))
  return [
    ...queries.flatMap(query => checkQuery(query, {specs, recorded}, set.scrapeSeconds)),
    ...unusedMetrics(set, queries, {specs, recorded}),
  ]
}

export function recordNames(set: ProvisionSet): string[] {
  return filesOf(set, 'rules').flatMap(({data}) =>
    data.groups.flatMap(({rules = []}) => rules.flatMap(({record}) => (record === undefined ? [] : [record]))),
  )
}

function checkQuery({expression, facts}: Query, known: Known, scrapeSeconds: number): Finding[] {
  const found = (rule: ProvisionRule, problem: Message, fix: Message): Finding => ({
    rule,
    file: expression.file,
    place: expression.place,
    problem,
    fix,
  })
  const findings = facts.selectors.flatMap(selector => {
    if (BUILT_IN.has(selector.metric) || known.recorded.has(selector.metric)) return []
    const spec = specOf(selector.metric, known.specs)
    if (spec === undefined)
      return [
        found(
          'metric-catalogue',
          message('provisionNotDeclared', {
            metric: selector.metric === '' ? message('provisionMetricWithoutName') : selector.metric,
          }),
          message('provisionNameOrDeclare'),
        ),
      ]
    return [
      ...labelProblems(selector, spec).map(problem =>
        found('label-taxonomy', problem, message('provisionLabelsAre', {metric: spec.name, labels: labelsOf(spec)})),
      ),
      ...kindProblems(selector, spec, scrapeSeconds).map(([problem, fix]) => found('counter-functions', problem, fix)),
    ]
  })
  const strangers = strangeGroupings(facts, known)
  if (strangers.length > 0)
    findings.push(
      found(
        'label-taxonomy',
        message('provisionGroupsByStrangers', {labels: strangers.join(', ')}),
        message('provisionGroupByDeclared'),
      ),
    )
  if (facts.quantilesWithoutLe > 0)
    findings.push(found('counter-functions', message('provisionQuantileWithoutLe'), message('provisionAddLe')))
  return findings
}

function labelsOf({labels}: MetricSpec): string | Message {
  const names = Object.keys(labels)
  return names.length === 0 ? message('provisionNone') : names.join(', ')
}

/** A histogram is asked for by its `_bucket`, `_sum` and `_count`. */
export function specOf(metric: string, specs: ReadonlyMap<string, MetricSpec>): MetricSpec | undefined {
  const spec = specs.get(metric)
  if (spec) return spec.kind === 'histogram' ? undefined : spec
  const histogram = specs.get(metric.replace(/_(?:bucket|sum|count)$/u, ''))
  return histogram?.kind === 'histogram' ? histogram : undefined
}

function labelProblems({matchers}: Selector, {labels, name}: MetricSpec): Message[] {
  return matchers.flatMap(({label, operator, value}) => {
    if (ADDED_LABELS.has(label)) return label === 'le' ? [message('provisionLiteralLe')] : []
    const bound = ownField(labels, label)
    if (bound === undefined) return [message('provisionNoSuchLabel', {metric: name, label})]
    if (operator !== '=' || 'atMost' in bound || bound.includes(value) || value === 'other') return []
    return [message('provisionOutsideSet', {label, value, metric: name})]
  })
}

function kindProblems(selector: Selector, {kind, name}: MetricSpec, scrapeSeconds: number): [Message, Message][] {
  const {insideFunction = '', rangeSeconds, insideUnless, metric} = selector
  const isCounter = kind !== 'gauge'
  const changing = ['rate', 'increase', 'irate', 'resets']
  const problems: [Message, Message][] = []
  if (isCounter && rangeSeconds === undefined && !insideUnless)
    problems.push([message('provisionCounterRaw', {metric}), message('provisionWrapInRate')])
  if (!isCounter && changing.includes(insideFunction))
    problems.push([
      message('provisionFunctionOfGauge', {name: insideFunction, metric: name}),
      message('provisionUseDelta'),
    ])
  if (rangeSeconds !== undefined && rangeSeconds < 4 * scrapeSeconds)
    problems.push([
      message('provisionShortRange', {seconds: rangeSeconds, scrape: scrapeSeconds}),
      message('provisionUseAtLeast', {seconds: 4 * scrapeSeconds}),
    ])
  return problems
}

function strangeGroupings({groupings, selectors}: PromqlFacts, {specs, recorded}: Known): string[] {
  // What a recorded series carries is not known here.
  if (selectors.some(({metric}) => recorded.has(metric) || BUILT_IN.has(metric))) return []
  const labels = new Set(selectors.flatMap(({metric}) => Object.keys(specOf(metric, specs)?.labels ?? {})))
  return groupings.filter(label => !labels.has(label) && !ADDED_LABELS.has(label))
}

function unusedMetrics(set: ProvisionSet, queries: readonly Query[], {specs}: Known): Finding[] {
  const used = new Set(queries.flatMap(({facts}) => facts.selectors.map(({metric}) => specOf(metric, specs)?.name)))
  return set.declarations
    .filter(({owner, spec}) => /^(?:ep23$|@ep23\/)/u.test(owner) && !spec.internal && !used.has(spec.name))
    .map(({owner, spec}) => ({
      rule: 'metric-catalogue',
      file: 'grafana',
      place: spec.name,
      problem: message('provisionShownNowhere', {owner}),
      fix: message('provisionShowOrInternal'),
    }))
}

/** Rule 3 without a server: names, units, bounds, by the observability policy. */
export function checkDeclarations({declarations}: ProvisionSet): Finding[] {
  return declarations.flatMap(({owner, spec}) =>
    policyFindings({[spec.name]: spec}).map(({rule, metric, problem}) => ({
      rule: 'metric-declarations',
      file: owner,
      place: metric,
      problem: message('provisionPolicyBroken', {rule, problem}),
      fix: message('provisionCorrectDeclaration'),
    })),
  )
}
