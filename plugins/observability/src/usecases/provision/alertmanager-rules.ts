import {type Message} from '@ep23/sdk'

import {
  alertsOf,
  filesOf,
  type Finding,
  type AlertmanagerConfig,
  type InhibitRule,
  type ProvisionSet,
  type AlertRoute,
} from '../../domain/provision.js'
import {promqlFacts, wholeMatch} from './promql-facts.js'
import {message} from '../../words/words.js'

/** Rules 9 and 10 as far as they need no amtool: receivers can be reached, inhibitions can happen. */
export function checkAlertmanager(set: ProvisionSet): Finding[] {
  const alerts = alertsOf(set)
    .filter(({isLoki}) => !isLoki)
    .map(labelsOfAlert)
  return filesOf(set, 'alertmanager').flatMap(({path, data}) => [
    ...receiverProblems(data).map(([place, problem, fix]) => ({
      rule: 'alertmanager' as const,
      file: path,
      place,
      problem,
      fix,
    })),
    ...(data.inhibit_rules ?? []).flatMap((rule, index) =>
      canInhibit(rule, alerts)
        ? []
        : [
            {
              rule: 'inhibition' as const,
              file: path,
              place: `inhibit_rules[${index}]`,
              problem: message('provisionNeverInhibits', {
                labels: rule.equal?.join(', ') ?? message('provisionNothing'),
              }),
              fix: message('provisionNameEqual'),
            },
          ],
    ),
  ])
}

function receiverProblems({route = {}, receivers = []}: AlertmanagerConfig): [string, Message, Message][] {
  const reached = new Set(receiversOf(route))
  const defined = new Set(receivers.map(({name}) => name))
  return [
    ...[...defined]
      .filter(name => !reached.has(name))
      .map((name): [string, Message, Message] => [
        `receiver ${name}`,
        message('provisionNoRouteTo'),
        message('provisionRouteOrRemove'),
      ]),
    ...[...reached]
      .filter(name => !defined.has(name))
      .map((name): [string, Message, Message] => [
        `route to ${name}`,
        message('provisionNoReceiver'),
        message('provisionDefineIt'),
      ]),
  ]
}

function receiversOf({receiver, routes = []}: AlertRoute): string[] {
  return [...(receiver === undefined ? [] : [receiver]), ...routes.flatMap(receiversOf)]
}

/** The labels of an alert's instances: a text where it is always the same, undefined where it varies. */
type AlertLabels = ReadonlyMap<string, string | undefined>

function labelsOfAlert({
  alert,
  entry,
}: {
  alert: string
  entry: {expr?: string | number; labels?: Record<string, string>}
}): AlertLabels {
  const {groupings} = promqlFacts(String(entry.expr ?? ''))
  return new Map<string, string | undefined>([
    ...groupings.map((label): [string, undefined] => [label, undefined]),
    ...Object.entries(entry.labels ?? {}),
    ['alertname', alert],
  ])
}

function canInhibit(rule: InhibitRule, alerts: readonly AlertLabels[]): boolean {
  const source = matchersOf(rule.source_matchers, rule.source_match)
  const target = matchersOf(rule.target_matchers, rule.target_match)
  const equal = rule.equal ?? []
  return alerts.some(
    one =>
      isMatch(one, source) && alerts.some(other => other !== one && isMatch(other, target) && agree(one, other, equal)),
  )
}

// A label that both lack counts as equal for Alertmanager; here it is taken for a mistake.
function agree(one: AlertLabels, other: AlertLabels, equal: readonly string[]): boolean {
  return equal.every(label => {
    if (!one.has(label) || !other.has(label)) return false
    const [a, b] = [one.get(label), other.get(label)]
    return a === undefined || b === undefined || a === b
  })
}

type LabelMatcher = [label: string, operator: string, value: string]

function matchersOf(texts: readonly string[] = [], pairs: Readonly<Record<string, string>> = {}): LabelMatcher[] {
  const parsed = texts.map((text): LabelMatcher => {
    const [, label = '', operator = '=', value = ''] = /^\s*(\w+)\s*(=~|!~|!=|=)\s*"?(.*?)"?\s*$/u.exec(text) ?? []
    return [label, operator, value]
  })
  return [...parsed, ...Object.entries(pairs).map(([label, value]): LabelMatcher => [label, '=', value])]
}

function isMatch(labels: AlertLabels, matchers: readonly LabelMatcher[]): boolean {
  return matchers.every(([label, operator, value]) => {
    if (labels.has(label) && labels.get(label) === undefined) return true
    const actual = labels.get(label) ?? ''
    if (operator === '=') return actual === value
    if (operator === '!=') return actual !== value
    const matches = wholeMatch(value, actual)
    // Whether a pattern is sound is amtool's to say.
    if (matches === undefined) return true
    return operator === '=~' ? matches : !matches
  })
}
