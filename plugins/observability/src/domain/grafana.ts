import type {Dashboard} from './provision.js'

/** A datasource as a provisioning file has it. */
export interface Datasource {
  name: string
  uid: string
  type: string
  url: string
  access?: string
  isDefault?: boolean
  jsonData?: Readonly<Record<string, unknown>>
}

/** One step of a rule: a query to a datasource, or an expression over earlier steps. */
interface RuleNode {
  refId: string
  datasourceUid: string
  /** Seconds before now. */
  relativeTimeRange: {from: number; to: number}
  model: Readonly<Record<string, unknown>>
}

/** An alert rule that Grafana evaluates, as the provisioning API takes it. */
export interface GrafanaRule {
  uid: string
  title: string
  folderUID: string
  ruleGroup: string
  /** The step that decides. */
  condition: string
  data: readonly RuleNode[]
  noDataState: 'OK'
  execErrState: 'Error'
  /** A duration as Prometheus writes it. */
  for: string
  labels: Readonly<Record<string, string>>
  annotations: Readonly<Record<string, string>>
  isPaused?: boolean
}

/** Rules that are evaluated one after the other. */
export interface GrafanaRuleGroup {
  title: string
  folderUid: string
  /** Seconds, a multiple of ten. */
  interval: number
  rules: readonly GrafanaRule[]
}

/** What Grafana should hold. */
export interface GrafanaContent {
  folder: {uid: string; title: string}
  datasources: readonly Datasource[]
  dashboards: readonly Dashboard[]
  ruleGroups: readonly GrafanaRuleGroup[]
}

/** Grafana's HTTP API, as far as it is needed. */
export interface GrafanaApi {
  /** Undefined for what does not exist. @throws GRAFANA_REFUSED (77), GRAFANA_REJECTED (65), GRAFANA_UNAVAILABLE (69) */
  read(path: string): Promise<unknown>
  write(method: 'POST' | 'PUT', path: string, body: unknown): Promise<void>
}

/** One thing in Grafana and what was done about it, or would be. */
export interface AppliedItem {
  kind: 'folder' | 'datasource' | 'dashboard' | 'rule_group'
  /** Of a rule group its name. */
  uid: string
  action: 'create' | 'update' | 'unchanged'
}
