import {type Message} from '@ep23/sdk'

import {alertsOf, filesOf, type Finding, type ProvisionSet, type RuleEntry} from '../../domain/provision.js'
import {promqlFacts} from './promql-facts.js'
import {recordNames} from './query-rules.js'
import {message} from '../../words/words.js'

const SEVERITIES = ['critical', 'warning', 'info']

/** Rule 5: whoever is woken knows what to do, and the alert is known to fire and to stay quiet. */
export function checkAlerts(set: ProvisionSet): Finding[] {
  const tested = testedAlerts(set)
  return alertsOf(set).flatMap(({file, alert, entry, isLoki}) => {
    const problems = [...shapeProblems(entry), ...runbookProblems(set, alert, entry)]
    if (!isLoki && !tested.firing.has(alert))
      problems.push([message('provisionUntestedFiring'), message('provisionAddTest')])
    if (!isLoki && !tested.quiet.has(alert))
      problems.push([message('provisionUntestedQuiet'), message('provisionAddTest')])
    return problems.map(([problem, fix]) => ({rule: 'alert-shape', file, place: `alert ${alert}`, problem, fix}))
  })
}

function shapeProblems({labels = {}, annotations = {}, expr = '', for: wait}: RuleEntry): [Message, Message][] {
  const problems: [Message, Message][] = []
  if (!SEVERITIES.includes(labels['severity'] ?? ''))
    problems.push([
      message('provisionSeverityIs', {severity: labels['severity'] ?? message('provisionIsMissing')}),
      message('provisionSetOneOf', {values: SEVERITIES.join(', ')}),
    ])
  if (labels['service'] === undefined && !/\bby\s*\([^)]*\bservice\b/u.test(String(expr)))
    problems.push([message('provisionNoServiceLabel'), message('provisionAddService')])
  for (const field of ['summary', 'description'])
    if (!annotations[field])
      problems.push([message('provisionNoField', {field}), message('provisionAddAnnotation', {field})])
  if (annotations['summary']?.includes('{{'))
    problems.push([message('provisionSummaryTemplated'), message('provisionKeepSummary')])
  if (wait === undefined) problems.push([message('provisionNoFor'), message('provisionSayHowLong')])
  return problems
}

function runbookProblems({sources}: ProvisionSet, alert: string, {annotations = {}}: RuleEntry): [Message, Message][] {
  const url = annotations['runbook_url']
  if (!url)
    return [
      [
        message('provisionNoField', {field: 'runbook_url'}),
        message('provisionAddRunbook', {anchor: alert.toLowerCase()}),
      ],
    ]
  const [path = '', anchor = ''] = url.replace(/^.*?(?=docs\/runbooks\/)/u, '').split('#')
  const runbook = sources.find(source => source.path === path)
  if (!runbook) return [[message('provisionNoRunbook', {path}), message('provisionWriteIt')]]
  const headings = [...runbook.text.matchAll(/^#+ (.+)$/gmu)].map(([, title = '']) => slug(title))
  return headings.includes(anchor)
    ? []
    : [[message('provisionNoHeading', {path, anchor}), message('provisionAddHeading', {title: alert})]]
}

// As GitHub makes anchors of headings.
function slug(title: string): string {
  return title
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')
}

function testedAlerts(set: ProvisionSet): {firing: Set<string>; quiet: Set<string>} {
  const cases = filesOf(set, 'tests').flatMap(({data}) =>
    (data.tests ?? []).flatMap(({alert_rule_test: list = []}) => list),
  )
  const names = (isFiring: boolean): Set<string> =>
    new Set(
      cases
        .filter(({exp_alerts: expected}) => (expected ?? []).length > 0 === isFiring)
        .map(({alertname = ''}) => alertname),
    )
  return {firing: names(true), quiet: names(false)}
}

/** Rule 6: recorded series say level, metric and operation, and somebody reads them. */
export function checkRecordings(set: ProvisionSet): Finding[] {
  const used = new Set(
    set.expressions
      .filter(({language}) => language === 'promql')
      .flatMap(({text}) => promqlFacts(text).selectors.map(({metric}) => metric)),
  )
  const places = filesOf(set, 'rules').flatMap(({path, data}) =>
    recordNames({...set, files: [{path, kind: 'rules', data}]}).map(record => ({path, record})),
  )
  return places.flatMap(({path, record}) => {
    const found = (problem: Message, fix: Message): Finding => ({
      rule: 'recording-rules',
      file: path,
      place: `record ${record}`,
      problem,
      fix,
    })
    const findings: Finding[] = []
    if (!/^[a-z_]+:[a-z0-9_]+:[a-z0-9_]+$/u.test(record))
      findings.push(found(message('provisionRecordName'), message('provisionRenameRecord')))
    if (!used.has(record)) findings.push(found(message('provisionUsedNowhere'), message('provisionUseOrRemove')))
    return findings
  })
}
