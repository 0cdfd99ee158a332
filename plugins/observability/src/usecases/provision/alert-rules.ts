import {alertsOf, filesOf, type Finding, type ProvisionSet, type RuleEntry} from '../../domain/provision.js'
import {promqlFacts} from './promql-facts.js'
import {recordNames} from './query-rules.js'

const SEVERITIES = ['critical', 'warning', 'info']

/** Rule 5: whoever is woken knows what to do, and the alert is known to fire and to stay quiet. */
export function checkAlerts(set: ProvisionSet): Finding[] {
  const tested = testedAlerts(set)
  return alertsOf(set).flatMap(({file, alert, entry, isLoki}) => {
    const problems = [...shapeProblems(entry), ...runbookProblems(set, alert, entry)]
    if (!isLoki && !tested.firing.has(alert))
      problems.push(['no promtool test in which it fires', 'add one to prometheus/tests'])
    if (!isLoki && !tested.quiet.has(alert))
      problems.push(['no promtool test in which it stays quiet', 'add one to prometheus/tests'])
    return problems.map(([problem, fix]) => ({rule: 'alert-shape', file, place: `alert ${alert}`, problem, fix}))
  })
}

function shapeProblems({labels = {}, annotations = {}, expr = '', for: wait}: RuleEntry): [string, string][] {
  const problems: [string, string][] = []
  if (!SEVERITIES.includes(labels['severity'] ?? ''))
    problems.push([`severity is ${labels['severity'] ?? 'missing'}`, `set one of ${SEVERITIES.join(', ')}`])
  if (labels['service'] === undefined && !/\bby\s*\([^)]*\bservice\b/u.test(String(expr)))
    problems.push(['no label service', 'add it, or aggregate by (service)'])
  for (const field of ['summary', 'description'])
    if (!annotations[field]) problems.push([`no ${field}`, `add the annotation ${field}`])
  if (annotations['summary']?.includes('{{'))
    problems.push(['the summary is templated', 'keep it fixed, put values into the description'])
  if (wait === undefined)
    problems.push(['no for:', 'say how long it must last, so that one bad scrape does not wake anyone'])
  return problems
}

function runbookProblems({sources}: ProvisionSet, alert: string, {annotations = {}}: RuleEntry): [string, string][] {
  const url = annotations['runbook_url']
  if (!url) return [['no runbook_url', `add docs/runbooks/….md#${alert.toLowerCase()}`]]
  const [path = '', anchor = ''] = url.replace(/^.*?(?=docs\/runbooks\/)/u, '').split('#')
  const runbook = sources.find(source => source.path === path)
  if (!runbook) return [[`the runbook ${path} does not exist`, 'write it']]
  const headings = [...runbook.text.matchAll(/^#+ (.+)$/gmu)].map(([, title = '']) => slug(title))
  return headings.includes(anchor) ? [] : [[`${path} has no heading #${anchor}`, `add a heading ${alert}`]]
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
    const found = (problem: string, fix: string): Finding => ({
      rule: 'recording-rules',
      file: path,
      place: `record ${record}`,
      problem,
      fix,
    })
    const findings: Finding[] = []
    if (!/^[a-z_]+:[a-z0-9_]+:[a-z0-9_]+$/u.test(record))
      findings.push(found('the name is not level:metric:operation', 'rename it, e.g. exporter:some_metric:p95_1h'))
    if (!used.has(record)) findings.push(found('nothing uses it', 'use it or remove it'))
    return findings
  })
}
