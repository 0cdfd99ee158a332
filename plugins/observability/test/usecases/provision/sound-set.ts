import type {MetricDeclaration, MetricSpec} from '@ep23/sdk'

export const spec = (parts: Partial<MetricSpec> & {name: string}): MetricDeclaration => ({
  owner: '@ep23/plugin-demo',
  spec: {kind: 'gauge', help: 'Something that is measured.', unit: 'things', labels: {}, ...parts},
})

/** Three metrics of a made-up plugin. */
export const declarations: readonly MetricDeclaration[] = [
  spec({kind: 'counter', name: 'demo_records_total', labels: {channel: {atMost: 5}, outcome: ['ok', 'failed']}}),
  spec({name: 'demo_share_ratio', unit: 'ratio', labels: {channel: {atMost: 5}}}),
  spec({kind: 'histogram', name: 'demo_run_seconds', unit: 'seconds', labels: {channel: {atMost: 5}}, buckets: [1, 5]}),
]

const panel = (title: string, expr: string): object => ({
  title,
  description: 'What it shows.',
  type: 'timeseries',
  datasource: {type: 'prometheus', uid: '${datasource}'},
  fieldConfig: {defaults: {unit: 'short'}},
  targets: [{expr}],
})

const dashboard = {
  uid: 'demo',
  title: 'Demo',
  editable: false,
  templating: {list: [{type: 'datasource', name: 'datasource', query: 'prometheus'}]},
  panels: [
    panel('Rate', 'sum by (channel) (rate(demo_records_total{outcome="failed"}[$__rate_interval]))'),
    panel('Share', 'max by (channel) (demo_share_ratio)'),
    panel('Duration', 'channel:demo_run_seconds:p95'),
  ],
}

const rules = `groups:
  - name: demo
    rules:
      - record: channel:demo_run_seconds:p95
        expr: histogram_quantile(0.95, sum by (channel, le) (rate(demo_run_seconds_bucket[5m])))
      - alert: ShareHigh
        expr: max by (channel) (demo_share_ratio) > 0.5
        for: 5m
        labels:
          severity: warning
          service: ep23
        annotations:
          summary: The share is high.
          description: '{{ $value }}'
          runbook_url: docs/runbooks/demo.md#sharehigh
      - alert: DemoAbsent
        expr: absent(up == 1)
        for: 5m
        labels:
          severity: critical
          service: ep23
        annotations:
          summary: Nothing answers.
          description: Nothing.
          runbook_url: docs/runbooks/demo.md#demoabsent
`

const tests = `rule_files: [../rules/demo.yml]
tests:
  - alert_rule_test:
      - {alertname: ShareHigh, exp_alerts: [{exp_labels: {severity: warning}}]}
      - {alertname: ShareHigh, exp_alerts: []}
      - {alertname: DemoAbsent, exp_alerts: [{exp_labels: {severity: critical}}]}
      - {alertname: DemoAbsent}
`

const alertmanager = `route:
  receiver: calm
  routes:
    - receiver: loud
      matchers: ['severity="critical"']
inhibit_rules:
  - source_matchers: ['alertname="DemoAbsent"']
    target_matchers: ['severity="warning"']
    equal: [service]
receivers:
  - name: calm
  - name: loud
`

const loki = `groups:
  - name: logs
    rules:
      - alert: Errors
        expr: sum by (service) (count_over_time({service=~"ep23-.+"} | json | stage="x" [5m])) > 1
        for: 1m
        labels: {severity: warning}
        annotations: {summary: Errors., description: Errors., runbook_url: docs/runbooks/demo.md#errors}
`

/** Files in which there is nothing to find. */
export const soundFiles: Readonly<Record<string, string>> = {
  'grafana/dashboards/demo.json': JSON.stringify(dashboard, undefined, 2),
  'grafana/provisioning/datasources/p.yml': 'datasources:\n  - name: P\n    uid: p\n',
  'prometheus/prometheus.yml': 'global:\n  scrape_interval: 15s\nscrape_configs: []\n',
  'prometheus/rules/demo.yml': rules,
  'prometheus/tests/demo.yml': tests,
  'prometheus/alertmanager.yml': alertmanager,
  'prometheus/loki-rules.yml': loki,
  'docs/runbooks/demo.md': '# Demo\n\n## ShareHigh\n\n## DemoAbsent\n\n## Errors\n',
}
