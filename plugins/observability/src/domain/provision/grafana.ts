import type {Dashboard} from './provision-set.js'

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

/** What Grafana should hold. */
export interface GrafanaContent {
  folder: {uid: string; title: string}
  datasources: readonly Datasource[]
  dashboards: readonly Dashboard[]
}

/** Grafana's HTTP API, as far as it is needed. */
export interface GrafanaApi {
  /** Undefined for what does not exist. @throws GRAFANA_REFUSED (77), GRAFANA_UNAVAILABLE (69) */
  read(path: string): Promise<unknown>
  write(method: 'POST' | 'PUT', path: string, body: unknown): Promise<void>
}

/** One thing in Grafana and what was done about it, or would be. */
export interface AppliedItem {
  kind: 'folder' | 'datasource' | 'dashboard'
  uid: string
  action: 'create' | 'update' | 'unchanged'
}
