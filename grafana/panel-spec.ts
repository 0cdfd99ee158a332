/** A text in the two languages of the users. */
export interface Text {
  en: string
  ru: string
}

export interface Query {
  expr: string
  /** Grafana's legend template, such as `{{channel}}`. */
  legend: string
}

/** One panel as data: what it shows, in words and as queries. */
export interface PanelSpec {
  kind: 'timeseries' | 'stat'
  title: Text
  /** What it shows and when to worry. */
  description: Text
  /** Grafana's unit id. */
  unit: string
  queries: readonly Query[]
  /** Shown instead of Grafana's "No data" while there is nothing that could be measured. */
  absent?: Text
  /** From this value on the panel turns red, or below it. */
  alarm?: {at: number; side: 'above' | 'below'}
}

export interface DashboardSpec {
  /** Name of the file and uid. */
  name: string
  title: Text
  panels: readonly PanelSpec[]
}
