import type {MetricSpec} from '@ep23/sdk'

import type {Finding} from '#src/domain/provision.js'
import {soundFiles} from './sound-set.ts'

const DASHBOARD = 'grafana/dashboards/demo.json'
const RULES = 'prometheus/rules/demo.yml'
const TESTS = 'prometheus/tests/demo.yml'
const ALERTMANAGER = 'prometheus/alertmanager.yml'
const LOKI = 'prometheus/loki-rules.yml'
const RUNBOOK = 'docs/runbooks/demo.md'

/** What is put into the sound files, and words of a finding that must follow. */
export interface Fault {
  title: string
  rule: Finding['rule']
  words: string
  /** The whole set with the fault. */
  files?: Readonly<Record<string, string>>
  /** A declaration beside the sound ones. */
  declared?: Partial<MetricSpec>
}

const edit = (
  title: string,
  rule: Finding['rule'],
  words: string,
  [file, from, to]: [file: string, from: string | RegExp, to: string],
): Fault => ({title, rule, words, files: {...soundFiles, [file]: (soundFiles[file] ?? '').replace(from, to)}})

const declare = (title: string, rule: Finding['rule'], words: string, declared: Partial<MetricSpec>): Fault => ({
  title,
  rule,
  words,
  declared,
})

const alertLine = (name: string): RegExp => new RegExp(`          ${name}: .*\\n`, 'u')
const LABELS = {channel: {atMost: 5}}

/** By the number of the rule; each rule has faults that it must find. */
export const faults: Readonly<Record<number, readonly Fault[]>> = {
  // Every metric that is named is declared, and every declared one is shown or internal.
  1: [
    edit('a misspelt metric on a dashboard', 'metric-catalogue', 'no plugin declares', [
      DASHBOARD,
      'demo_share_ratio',
      'demo_shares_ratio',
    ]),
    edit('a misspelt metric in an alert', 'metric-catalogue', 'no plugin declares', [
      RULES,
      '(demo_share_ratio)',
      '(demo_ratio)',
    ]),
    edit('a misspelt metric in a document', 'metric-catalogue', 'no plugin declares demo_shares_ratio', [
      RUNBOOK,
      '## ShareHigh',
      '## ShareHigh\n\nLook at `demo_shares_ratio`.',
    ]),
    edit('a metric in a document by its labels', 'metric-catalogue', 'no plugin declares demo_stock', [
      RUNBOOK,
      '## ShareHigh',
      '## ShareHigh\n\nLook at `demo_stock{channel}`.',
    ]),
    declare('a metric that nobody shows', 'metric-catalogue', 'in no dashboard and no alert', {
      name: 'demo_extra_things',
    }),
  ],
  // Labels are declared, their values within the closed set, the series within the budget.
  2: [
    edit('an undeclared label', 'label-taxonomy', 'no label user_id', [DASHBOARD, '{outcome=', '{user_id=']),
    edit('a value outside its closed set', 'label-taxonomy', 'closed set', [DASHBOARD, '\\"failed\\"', '\\"broken\\"']),
    edit('a grouping by a stranger', 'label-taxonomy', 'colour', [DASHBOARD, 'max by (channel)', 'max by (colour)']),
    edit('a bound that is matched literally', 'label-taxonomy', 'le literally', [
      RULES,
      '_bucket[5m]',
      '_bucket{le=\\"1\\"}[5m]',
    ]),
    declare('a label that is in no taxonomy', 'metric-declarations', 'user_id', {labels: {user_id: {atMost: 5}}}),
    declare('more series than the budget allows', 'metric-declarations', 'series', {
      labels: {channel: {atMost: 100}, command: {atMost: 100}},
    }),
  ],
  // Names say kind and base unit.
  3: [
    declare('a counter without _total', 'metric-declarations', '_total', {
      kind: 'counter',
      name: 'demo_posts',
      labels: LABELS,
    }),
    declare('a gauge with _total', 'metric-declarations', '_total', {name: 'demo_posts_total', labels: LABELS}),
    declare('a unit that is no base unit', 'metric-declarations', 'demo_wait_ms', {
      name: 'demo_wait_ms',
      labels: LABELS,
    }),
  ],
  // Counters under rate or increase, gauges not; long ranges; quantiles keep le.
  4: [
    edit('a raw counter', 'counter-functions', 'raw', [
      DASHBOARD,
      /rate\((demo_records_total\{[^}]*\})\[[^\]]*\]\)/u,
      '$1',
    ]),
    edit('a rate of a gauge', 'counter-functions', 'gauge', [
      RULES,
      '(demo_share_ratio)',
      '(rate(demo_share_ratio[5m]))',
    ]),
    edit('a range shorter than four scrapes', 'counter-functions', '30 s', [RULES, '_bucket[5m]', '_bucket[30s]']),
    edit('a quantile without le', 'counter-functions', 'le', [RULES, '(channel, le)', '(channel)']),
  ],
  // Whoever is woken knows what to do, and the alert is known to fire and to stay quiet.
  5: [
    edit('an alert without severity', 'alert-shape', 'severity', [RULES, '          severity: warning\n', '']),
    edit('an alert without service', 'alert-shape', 'service', [RULES, alertLine('service'), '']),
    edit('an alert without for', 'alert-shape', 'for:', [
      RULES,
      /for: 5m\n {8}labels:\n {10}severity: warning/u,
      'labels:\n          severity: warning',
    ]),
    edit('an alert without summary', 'alert-shape', 'summary', [RULES, alertLine('summary'), '']),
    edit('an alert without description', 'alert-shape', 'description', [RULES, alertLine('description'), '']),
    edit('an alert without runbook', 'alert-shape', 'no runbook_url', [RULES, alertLine('runbook_url'), '']),
    edit('a runbook without its heading', 'alert-shape', 'heading', [RUNBOOK, '## ShareHigh', '## Shares']),
    edit('a runbook that is not there', 'alert-shape', 'does not exist', [
      RULES,
      'demo.md#sharehigh',
      'other.md#sharehigh',
    ]),
    edit('an alert that no test lets fire', 'alert-shape', 'fires', [
      TESTS,
      /.*exp_labels: \{severity: warning.*\n/u,
      '',
    ]),
    edit('an alert that no test keeps quiet', 'alert-shape', 'quiet', [
      TESTS,
      /.*ShareHigh, exp_alerts: \[\].*\n/u,
      '',
    ]),
  ],
  // Recorded series say level, metric and operation, and somebody reads them.
  6: [
    edit('a recorded series with a free name', 'recording-rules', 'not level:metric:operation', [
      RULES,
      'channel:demo_run_seconds:p95',
      'demo_p95',
    ]),
    edit('a recorded series that nobody reads', 'recording-rules', 'nothing uses it', [
      DASHBOARD,
      'channel:demo_run_seconds:p95',
      'max(demo_share_ratio)',
    ]),
  ],
  // Dashboards can be provisioned anywhere and read by anyone. That they are what their generator writes is a test of its own.
  7: [
    edit('a uid that is not the file name', 'dashboard-shape', 'uid', [DASHBOARD, '"uid": "demo"', '"uid": "other"']),
    {
      title: 'two dashboards with one uid',
      rule: 'dashboard-shape',
      words: 'another dashboard has the uid demo',
      files: {...soundFiles, 'grafana/dashboards/copy.json': soundFiles[DASHBOARD] ?? ''},
    },
    edit('a dashboard with an id', 'dashboard-shape', 'it has an id', [
      DASHBOARD,
      '"uid": "demo"',
      '"id": 7, "uid": "demo"',
    ]),
    edit('a dashboard that can be edited', 'dashboard-shape', 'edited', [
      DASHBOARD,
      '"editable": false',
      '"editable": true',
    ]),
    edit('a panel without unit', 'dashboard-shape', 'unit', [DASHBOARD, '"unit": "short"', '"min": 0']),
    edit('a panel without description', 'dashboard-shape', 'no description', [DASHBOARD, '"What it shows."', '""']),
    edit('a fixed datasource', 'dashboard-shape', 'datasource', [DASHBOARD, '${datasource}', 'prometheus']),
    edit('a rate over a fixed range', 'dashboard-shape', 'fixed range', [DASHBOARD, '$__rate_interval', '5m']),
    edit('no datasource variable', 'dashboard-shape', 'variable', [
      DASHBOARD,
      '"type": "datasource"',
      '"type": "custom"',
    ]),
    edit('a datasource without uid', 'dashboard-shape', 'no uid', [
      'grafana/provisioning/datasources/p.yml',
      '    uid: p\n',
      '',
    ]),
  ],
  // LogQL parses and chooses few streams. That each alert fires and stays quiet is tested by an evaluator.
  8: [
    edit('LogQL that does not parse', 'logql', 'parse', [LOKI, 'count_over_time({', 'count_over_time(({']),
    edit('LogQL that selects every stream', 'logql', 'every stream', [LOKI, 'ep23-.+', '.*']),
    edit('LogQL by a label of no stream', 'logql', 'trace_id', [
      LOKI,
      '{service=~"ep23-.+"}',
      '{service=~"ep23-.+", trace_id="1"}',
    ]),
    edit('LogQL without a range', 'logql', 'no range', [
      LOKI,
      /sum by .*/u,
      `'{service=~"ep23-.+"} | json | stage="x"'`,
    ]),
  ],
  // Receivers can be reached. What amtool finds is tested on the shipped configuration.
  9: [
    edit('a receiver that no route reaches', 'alertmanager', 'no route', [
      ALERTMANAGER,
      '  - name: calm\n',
      '  - name: calm\n  - name: lost\n',
    ]),
    edit('a route to no receiver', 'alertmanager', 'no such receiver', [ALERTMANAGER, '  - name: loud\n', '']),
  ],
  // Inhibitions can inhibit.
  10: [
    edit('an inhibition by alertname', 'inhibition', 'never inhibit', [
      ALERTMANAGER,
      '[service]',
      '[alertname, service]',
    ]),
    edit('an inhibition whose target is no alert', 'inhibition', 'never inhibit', [
      ALERTMANAGER,
      'severity="warning"',
      'severity="info"',
    ]),
  ],
  // Files are whole and say each thing once.
  11: [
    edit('conflict markers in rules', 'syntax', 'merge conflict', [RULES, 'groups:', '<<<<<<< HEAD\ngroups:']),
    edit('conflict markers in a runbook', 'syntax', 'merge conflict', [RUNBOOK, '# Demo', '<<<<<<< HEAD\n# Demo']),
    edit('a tab', 'syntax', 'tab', [ALERTMANAGER, '  receiver: calm', '\treceiver: calm']),
    edit('a key twice', 'syntax', 'unique', [RULES, 'for: 5m', 'for: 5m\n        for: 6m']),
    edit('a key twice in JSON', 'syntax', 'unique', [DASHBOARD, '"uid": "demo"', '"uid": "x", "uid": "demo"']),
    edit('a dashboard that is no JSON', 'syntax', '', [DASHBOARD, /\}$/u, '']),
  ],
}
