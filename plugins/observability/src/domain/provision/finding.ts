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
  place: string
  problem: string
  fix: string
}

/** A tool's answer: what it wrote, and whether it was content. */
export interface ToolAnswer {
  ok: boolean
  output: string
}

/** Text for a tool: on its standard input, or in a file whose path follows the arguments. */
export interface ToolInput {
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
