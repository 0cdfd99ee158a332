import {expect} from 'chai'

import type {Finding} from '#src/domain/provision/finding.js'
import {checkProvision} from '#src/usecases/provision/check-provision.js'

import {declarations, soundFiles} from './sound-set.ts'

const DASHBOARD = 'grafana/dashboards/demo.json'
const RULES = 'prometheus/rules/demo.yml'
const ALERTMANAGER = 'prometheus/alertmanager.yml'
const LOKI = 'prometheus/loki-rules.yml'

async function findingsOf(files: Readonly<Record<string, string>>, declared = declarations): Promise<Finding[]> {
  const {findings} = await checkProvision({
    readSources: async () => Object.entries(files).map(([path, text]) => ({path, text})),
    metrics: {declarations: async () => declared, exposition: async () => ''},
    promtool: undefined,
    amtool: undefined,
  })
  return findings
}

/** A file, what to replace in it, and words of the one finding that must follow. */
type Fault = [title: string, file: string, from: string | RegExp, to: string, rule: Finding['rule'], words: string]

const faults: Fault[] = [
  ['a conflict marker', RULES, 'groups:', '<<<<<<< HEAD\ngroups:', 'syntax', 'merge conflict'],
  ['a tab', ALERTMANAGER, '  receiver: calm', '\treceiver: calm', 'syntax', 'tab'],
  ['a key twice', RULES, 'for: 5m', 'for: 5m\n        for: 6m', 'syntax', 'unique'],
  ['a key twice in JSON', DASHBOARD, '"uid": "demo"', '"uid": "x", "uid": "demo"', 'syntax', 'unique'],
  ['a dashboard that is no JSON', DASHBOARD, /\}$/u, '', 'syntax', ''],
  ['a misspelt metric', DASHBOARD, 'demo_share_ratio', 'demo_shares_ratio', 'metric-catalogue', 'no plugin declares'],
  ['an undeclared label', DASHBOARD, '{outcome=', '{user_id=', 'label-taxonomy', 'no label user_id'],
  ['a value outside its closed set', DASHBOARD, '\\"failed\\"', '\\"broken\\"', 'label-taxonomy', 'closed set'],
  ['a grouping by a stranger', DASHBOARD, 'max by (channel)', 'max by (colour)', 'label-taxonomy', 'colour'],
  ['a raw counter', DASHBOARD, /rate\((demo_records_total\{[^}]*\})\[[^\]]*\]\)/u, '$1', 'counter-functions', 'raw'],
  ['a rate of a gauge', RULES, '(demo_share_ratio)', '(rate(demo_share_ratio[5m]))', 'counter-functions', 'gauge'],
  ['a range shorter than four scrapes', RULES, '_bucket[5m]', '_bucket[30s]', 'counter-functions', '30 s'],
  ['a quantile without le', RULES, '(channel, le)', '(channel)', 'counter-functions', 'le'],
  ['an alert without severity', RULES, '          severity: warning\n', '', 'alert-shape', 'severity'],
  [
    'an alert without for',
    RULES,
    /for: 5m\n {8}labels:\n {10}severity: warning/u,
    'labels:\n          severity: warning',
    'alert-shape',
    'for:',
  ],
  ['an alert without summary', RULES, '          summary: The share is high.\n', '', 'alert-shape', 'summary'],
  ['a runbook without its heading', 'docs/runbooks/demo.md', '## ShareHigh', '## Shares', 'alert-shape', 'heading'],
  ['a runbook that is not there', RULES, 'demo.md#sharehigh', 'other.md#sharehigh', 'alert-shape', 'does not exist'],
  [
    'an alert that no test lets fire',
    'prometheus/tests/demo.yml',
    /.*exp_labels: \{severity: warning.*\n/u,
    '',
    'alert-shape',
    'fires',
  ],
  [
    'an alert that no test keeps quiet',
    'prometheus/tests/demo.yml',
    /.*ShareHigh, exp_alerts: \[\].*\n/u,
    '',
    'alert-shape',
    'quiet',
  ],
  ['a dashboard that can be edited', DASHBOARD, '"editable": false', '"editable": true', 'dashboard-shape', 'edited'],
  ['a uid that is not the file name', DASHBOARD, '"uid": "demo"', '"uid": "other"', 'dashboard-shape', 'uid'],
  ['a panel without unit', DASHBOARD, '"unit": "short"', '"min": 0', 'dashboard-shape', 'unit'],
  ['a fixed datasource', DASHBOARD, '${datasource}', 'prometheus', 'dashboard-shape', 'datasource'],
  ['a rate over a fixed range', DASHBOARD, '$__rate_interval', '5m', 'dashboard-shape', 'fixed range'],
  ['no datasource variable', DASHBOARD, '"type": "datasource"', '"type": "custom"', 'dashboard-shape', 'variable'],
  [
    'a datasource without uid',
    'grafana/provisioning/datasources/p.yml',
    '    uid: p\n',
    '',
    'dashboard-shape',
    'no uid',
  ],
  ['LogQL that does not parse', LOKI, 'count_over_time({', 'count_over_time(({', 'logql', 'parse'],
  ['LogQL that selects every stream', LOKI, 'ep23-.+', '.*', 'logql', 'every stream'],
  [
    'LogQL by a label of no stream',
    LOKI,
    '{service=~"ep23-.+"}',
    '{service=~"ep23-.+", trace_id="1"}',
    'logql',
    'trace_id',
  ],
  [
    'a receiver that no route reaches',
    ALERTMANAGER,
    '  - name: calm\n',
    '  - name: calm\n  - name: lost\n',
    'alertmanager',
    'no route',
  ],
  ['a route to no receiver', ALERTMANAGER, '  - name: loud\n', '', 'alertmanager', 'no such receiver'],
  ['an inhibition by alertname', ALERTMANAGER, '[service]', '[alertname, service]', 'inhibition', 'never inhibit'],
  [
    'an inhibition whose target is no alert',
    ALERTMANAGER,
    'severity="warning"',
    'severity="info"',
    'inhibition',
    'never inhibit',
  ],
]

describe('observability:provision:check', () => {
  it('finds nothing where there is nothing', async () => {
    expect(await findingsOf(soundFiles)).to.deep.equal([])
  })

  for (const [title, file, from, to, rule, words] of faults)
    it(`finds ${title}`, async () => {
      const before = soundFiles[file] ?? ''
      const after = before.replace(from, to)
      expect(after, 'the fixture has the fault').to.not.equal(before)
      const found = await findingsOf({...soundFiles, [file]: after})
      const one = found.find(finding => finding.rule === rule && finding.problem.includes(words))
      expect(one, JSON.stringify(found)).to.not.equal(undefined)
      expect(one?.fix).to.not.equal('')
    })

  it('finds a metric that is declared and never shown, unless it is internal or a team’s own', async () => {
    const extra = {
      kind: 'gauge',
      name: 'demo_extra_things',
      help: 'Something else.',
      unit: 'things',
      labels: {},
    } as const
    const withExtra = (owner: string, internal: boolean) =>
      findingsOf(soundFiles, [...declarations, {owner, spec: {...extra, internal}}])
    expect((await withExtra('@ep23/plugin-demo', false)).map(({place}) => place)).to.deep.equal(['demo_extra_things'])
    expect(await withExtra('@ep23/plugin-demo', true)).to.deep.equal([])
    expect(await withExtra('@team/plugin', false)).to.deep.equal([])
  })

  it('finds a declaration that breaks the policy', async () => {
    const spec = {
      kind: 'gauge',
      name: 'demo_speed_ms',
      help: 'Speed.',
      unit: 'things',
      labels: {},
      internal: true,
    } as const
    const found = await findingsOf(soundFiles, [...declarations, {owner: '@team/plugin', spec}])
    expect(found.map(({rule}) => rule)).to.include('metric-declarations')
  })

  it('finds a recorded series with a free name, and one that nobody reads', async () => {
    const rules = (soundFiles[RULES] ?? '').replace('channel:demo_run_seconds:p95', 'demo_p95')
    const found = await findingsOf({...soundFiles, [RULES]: rules})
    const problems = found.filter(({rule}) => rule === 'recording-rules').map(({problem}) => problem)
    expect(problems).to.deep.equal(['the name is not level:metric:operation', 'nothing uses it'])
  })
})
