import type {Message, MetricDeclaration, Text} from '@ep23/sdk'

/** The rules of `observability:provision check`, in the order they are reported. */
export const PROVISION_RULES = [
  'syntax',
  'promql',
  'metric-catalogue',
  'label-taxonomy',
  'metric-declarations',
  'counter-functions',
  'alert-shape',
  'recording-rules',
  'dashboard-shape',
  'logql',
  'alertmanager',
  'inhibition',
] as const
export type ProvisionRule = (typeof PROVISION_RULES)[number]

/** One fault: where it is and how to mend it. */
export interface Finding {
  rule: ProvisionRule
  /** Relative to the checked folder. */
  file: string
  /** Line, alert, panel or receiver. */
  place: Text
  problem: Message
  fix: Message
}

/** A tool's answer: what it wrote, and whether it was content. */
export interface ToolAnswer {
  ok: boolean
  output: string
}

/** Text for a tool: on its standard input, or in a file whose path follows the arguments. */
interface ToolInput {
  input?: string
  file?: string
}

/** Promtool or amtool, run in the checked folder. */
export type Tool = (args: readonly string[], texts?: ToolInput) => Promise<ToolAnswer>

/** A file as it lies on disk. */
export interface SourceFile {
  /** Relative to the checked folder, with slashes. */
  path: string
  text: string
}

export interface RuleEntry {
  alert?: string
  record?: string
  expr?: string | number
  for?: string
  labels?: Record<string, string>
  annotations?: Record<string, string>
}

export interface RuleGroup {
  name: string
  interval?: string
  rules?: RuleEntry[]
}

export interface AlertRoute {
  receiver?: string
  matchers?: string[]
  match?: Record<string, string>
  routes?: AlertRoute[]
}

export interface InhibitRule {
  source_matchers?: string[]
  target_matchers?: string[]
  source_match?: Record<string, string>
  target_match?: Record<string, string>
  equal?: string[]
}

export interface AlertmanagerConfig {
  route?: AlertRoute
  receivers?: {name: string}[]
  inhibit_rules?: InhibitRule[]
}

export interface Panel {
  id?: number
  title?: string
  description?: string
  type?: string
  datasource?: {uid?: string} | string | null
  fieldConfig?: {defaults?: {unit?: string}}
  targets?: {expr?: string; datasource?: {uid?: string; type?: string} | null}[]
  panels?: Panel[]
}

export interface Dashboard {
  id?: number | null
  uid?: string
  title?: string
  editable?: boolean
  templating?: {list?: {name: string; type?: string; query?: unknown}[]}
  panels?: Panel[]
}

interface PromtoolTests {
  rule_files?: string[]
  tests?: {alert_rule_test?: {alertname?: string; exp_alerts?: unknown[] | null}[]}[]
}

/** A parsed file with what its content shows it to be. */
export type ParsedFile = {path: string} & (
  | {kind: 'rules'; data: {groups: RuleGroup[]}}
  | {kind: 'loki'; data: {groups: RuleGroup[]}}
  | {kind: 'tests'; data: PromtoolTests}
  | {kind: 'alertmanager'; data: AlertmanagerConfig}
  | {kind: 'prometheus'; data: {global?: {scrape_interval?: string; evaluation_interval?: string}}}
  | {kind: 'datasources'; data: {datasources: {name?: string; uid?: string}[]}}
  | {kind: 'dashboard'; data: Dashboard}
  | {kind: 'other'; data: unknown}
)

export type FileOf<K extends ParsedFile['kind']> = Extract<ParsedFile, {kind: K}>

/** A query and where it stands. */
export interface Expression {
  file: string
  place: string
  text: string
  language: 'promql' | 'logql'
}

/** Everything the rules look at. */
export interface ProvisionSet {
  sources: readonly SourceFile[]
  files: readonly ParsedFile[]
  expressions: readonly Expression[]
  declarations: readonly MetricDeclaration[]
  scrapeSeconds: number
}

/** The files of one kind. */
export function filesOf<K extends ParsedFile['kind']>({files}: Pick<ProvisionSet, 'files'>, kind: K): FileOf<K>[] {
  return files.filter((file): file is FileOf<K> => file.kind === kind)
}

/** All alerts of rule files, Prometheus's and Loki's. */
export function alertsOf(set: ProvisionSet): {file: string; alert: string; entry: RuleEntry; isLoki: boolean}[] {
  return [...filesOf(set, 'rules'), ...filesOf(set, 'loki')].flatMap(({path, kind, data}) =>
    data.groups.flatMap(({rules = []}) =>
      rules.flatMap(entry =>
        entry.alert === undefined ? [] : [{file: path, alert: entry.alert, entry, isLoki: kind === 'loki'}],
      ),
    ),
  )
}

/** The panels of a dashboard, those in rows included. */
export function panelsOf({panels = []}: Dashboard): Panel[] {
  return panels.flatMap(panel => [panel, ...panelsOf(panel)])
}
