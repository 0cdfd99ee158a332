import {createHash} from 'node:crypto'

import {badDataError} from '@ep23/sdk'

import type {Datasource, GrafanaContent, GrafanaRuleGroup, GrafanaRule} from '../../domain/grafana.js'
import {
  filesOf,
  type SourceFile,
  type ParsedFile,
  type FileOf,
  type RuleEntry,
  type RuleGroup,
} from '../../domain/provision.js'
import {parseSources} from './parse-sources.js'
import {durationSeconds} from './promql-facts.js'
import {message} from '../../words/words.js'

const FOLDER = {uid: 'ep23', title: 'ep23'}

/** Prometheus's own default. */
const DEFAULT_EVALUATION = '1m'

interface ContentOptions {
  language: 'en' | 'ru'
  /** Also alert rules, for a Grafana that evaluates them itself. */
  alerts: boolean
}

/**
 * The datasources, the dashboards of one language and the alert rules among the files.
 * @throws PROVISION_BROKEN (65) when one of them cannot be read
 */
export function grafanaContent(sources: readonly SourceFile[], {language, alerts}: ContentOptions): GrafanaContent {
  const folders = alerts ? ['grafana/', 'prometheus/'] : ['grafana/']
  const wanted = sources.filter(
    ({path}) => folders.some(folder => path.startsWith(folder)) && /\.(?:json|ya?ml)$/u.test(path),
  )
  const {files, findings} = parseSources(wanted)
  const [broken] = findings
  if (broken)
    throw badDataError(
      'PROVISION_BROKEN',
      message('provisionBroken', {file: broken.file, place: broken.place, problem: broken.problem}),
      [message('seeFindings')],
    )
  const isRussian = (path: string): boolean => path.includes('/ru/')
  const datasources = filesOf({files}, 'datasources').flatMap(({data}) => data.datasources as Datasource[])
  return {
    folder: FOLDER,
    datasources,
    dashboards: filesOf({files}, 'dashboard')
      .filter(({path}) => isRussian(path) === (language === 'ru'))
      .map(({data}) => data),
    ruleGroups: alerts ? ruleGroups(files, datasources) : [],
  }
}

function ruleGroups(files: readonly ParsedFile[], datasources: readonly Datasource[]): GrafanaRuleGroup[] {
  const rules = filesOf({files}, 'rules')
  if (rules.length === 0) return []
  const prometheus = datasources.find(({type}) => type === 'prometheus')
  if (prometheus === undefined)
    throw badDataError('PROVISION_BROKEN', message('noDatasource'), [message('addDatasource'), message('noAlerts')])
  const [config] = filesOf({files}, 'prometheus')
  return grafanaRuleGroups(rules, {
    folderUid: FOLDER.uid,
    datasourceUid: prometheus.uid,
    defaultSeconds: durationSeconds(config?.data.global?.evaluation_interval ?? DEFAULT_EVALUATION),
  })
}

/** Grafana evaluates in steps of ten seconds and refuses other intervals. */
const SCHEDULER_SECONDS = 10

/** The data that Grafana loads for an instant query. */
const LOOKBACK_SECONDS = 600

/** What Grafana writes into a query that lacks it: said here, so that what is stored equals what was sent. */
const QUERY_DEFAULTS = {intervalMs: 1000, maxDataPoints: 43_200}

/** Grafana's name for its own expressions in place of a datasource. */
const EXPRESSIONS = '__expr__'

const LONGEST_UID = 40

interface ConversionOptions {
  folderUid: string
  /** The Prometheus that is asked. */
  datasourceUid: string
  /** How often Prometheus evaluates rules of groups that do not say it. */
  defaultSeconds: number
}

/**
 * Prometheus's alert rules as rules that Grafana itself evaluates; recording rules stay with Prometheus.
 * @throws PROVISION_BROKEN (65) when two groups have the same name, which Grafana would take for one
 */
export function grafanaRuleGroups(files: readonly FileOf<'rules'>[], options: ConversionOptions): GrafanaRuleGroup[] {
  const groups = files.flatMap(({data}) => data.groups).flatMap(group => toGrafana(group, options))
  const names = groups.map(({title}) => title)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice === undefined) return groups
  throw badDataError('PROVISION_BROKEN', message('groupTwice', {twice}), [message('renameGroup')])
}

function toGrafana({name, interval, rules = []}: RuleGroup, options: ConversionOptions): GrafanaRuleGroup[] {
  const alerts = rules.filter((rule): rule is RuleEntry & {alert: string} => rule.alert !== undefined)
  if (alerts.length === 0) return []
  const seconds = interval === undefined ? options.defaultSeconds : durationSeconds(interval)
  return [
    {
      title: name,
      folderUid: options.folderUid,
      interval: Math.max(1, Math.ceil(seconds / SCHEDULER_SECONDS)) * SCHEDULER_SECONDS,
      rules: alerts.map(rule => ({...ruleOf(rule, options), folderUID: options.folderUid, ruleGroup: name})),
    },
  ]
}

// No data means that nothing is wrong, as in Prometheus; a query that fails is an alert of its own.
function ruleOf(
  {alert, expr = '', for: wait = '0s', labels = {}, annotations = {}}: RuleEntry & {alert: string},
  {datasourceUid}: ConversionOptions,
): Omit<GrafanaRule, 'folderUID' | 'ruleGroup'> {
  return {
    uid: uidOf(alert),
    title: alert,
    condition: 'C',
    data: [promqlNode(String(expr), datasourceUid), presenceNode(), thresholdNode()],
    noDataState: 'OK',
    execErrState: 'Error',
    for: wait,
    labels,
    annotations: Object.fromEntries(Object.entries(annotations).map(([name, text]) => [name, grafanaTemplate(text)])),
  }
}

function uidOf(alert: string): string {
  const readable = `ep23-${alert}`
  if (readable.length <= LONGEST_UID && /^[\w-]+$/u.test(readable)) return readable
  return `ep23-${createHash('sha256').update(alert).digest('hex')}`.slice(0, LONGEST_UID)
}

function promqlNode(expr: string, uid: string): GrafanaRule['data'][number] {
  const model = {
    refId: 'A',
    expr,
    instant: true,
    range: false,
    datasource: {type: 'prometheus', uid},
    ...QUERY_DEFAULTS,
  }
  return {refId: 'A', datasourceUid: uid, relativeTimeRange: {from: LOOKBACK_SECONDS, to: 0}, model}
}

// In Prometheus every series of the result fires, whatever its value: also a zero, which Grafana would take for "no".
function presenceNode(): GrafanaRule['data'][number] {
  return expressionNode('B', {type: 'math', expression: 'is_number($A) || is_nan($A) || is_inf($A)'})
}

function thresholdNode(): GrafanaRule['data'][number] {
  const conditions = [{evaluator: {type: 'gt', params: [0]}}]
  return expressionNode('C', {type: 'threshold', expression: 'B', conditions})
}

function expressionNode(refId: string, fields: object): GrafanaRule['data'][number] {
  const model = {refId, ...fields, datasource: {type: EXPRESSIONS, uid: EXPRESSIONS}, ...QUERY_DEFAULTS}
  return {refId, datasourceUid: EXPRESSIONS, relativeTimeRange: {from: 0, to: 0}, model}
}

// Prometheus's $value is a number; Grafana's is a text with all values of the rule, and the number stands under the query.
// https://grafana.com/docs/grafana/latest/alerting/alerting-rules/templates/reference/
function grafanaTemplate(text: string): string {
  return text.replaceAll(/\{\{.*?\}\}/gsu, action => action.replaceAll(/\$value\b/gu, '$$values.A.Value'))
}
