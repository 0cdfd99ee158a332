/** What a caller may do, each with all before it: ask; run commands that write; change what only its owner may. */
export const SCOPES = ['read', 'write', 'owner'] as const
export type Scope = (typeof SCOPES)[number]

export interface ScopedToken {
  scope: Scope
  token: string
}

export function isScope(word: string): word is Scope {
  return SCOPES.some(scope => scope === word)
}

/** Whether a caller of this scope may use what needs that one. */
export function allows(scope: Scope, needed: Scope): boolean {
  return SCOPES.indexOf(scope) >= SCOPES.indexOf(needed)
}

/** The lower of the two: neither a server nor a token alone gives more than the other. */
export function lower(a: Scope, b: Scope): Scope {
  return allows(a, b) ? b : a
}

/** Every tool there is: a closed set, because it is a label of metrics. */
export const TOOL_NAMES = [
  'list_channels',
  'dataset_counts',
  'dataset_audit',
  'list_runs',
  'show_trace',
  'query_metric',
  'explain_policy_finding',
  'compare_runs',
  'show_retrieval_config',
  'seed_dataset',
  'verify_exports',
  'run_benchmark',
  'promote_retrieval',
  'set_retrieval_config',
  'rollback_retrieval',
] as const
export type ToolName = (typeof TOOL_NAMES)[number]

/** How calls end. */
export const CALL_STATUSES = ['ok', 'error', 'cancelled'] as const
export type CallStatus = (typeof CALL_STATUSES)[number]

/** The label of a call: what callers make up never becomes a series. */
export function toolLabel(name: string): ToolName | 'unknown' {
  return TOOL_NAMES.find(known => known === name) ?? 'unknown'
}

/** What an agent may rely on before it calls; the words are MCP's. */
interface ToolHints extends Record<string, unknown> {
  readOnlyHint: boolean
  destructiveHint: boolean
  idempotentHint: boolean
  /** All of it stays within the store and the dataset folder. */
  openWorldHint: boolean
}

export type Arguments = Readonly<Record<string, unknown>>

type Json = string | number | boolean | null | Json[] | {[name: string]: Json}

/** A JSON Schema of the arguments, draft 2020-12. */
interface ArgumentSchema {
  [keyword: string]: unknown
  type: 'object'
  properties: {[name: string]: Json}
  required?: string[]
  additionalProperties: false
}

/** One call of a tool, as its work sees it. */
export interface ToolCall {
  /** Where what it runs belongs in the caller's trace. */
  traceparent: string
  /** Aborted when the caller cancels or leaves, or the server ends. */
  signal: AbortSignal
  onProgress: (line: string) => void
}

/** The command that a tool has run; without one the server itself has answered. */
interface RanCommand {
  command: string
  /** The word of the command's envelope: `ok`, `failed` for a gate that failed, and so on. */
  status: string
  run_id: string
  trace_id: string
  warnings: readonly string[]
}

export interface ToolOutcome {
  data: unknown
  ran?: RanCommand
}

export interface Tool {
  name: ToolName
  title: string
  description: string
  inputSchema: ArgumentSchema
  annotations: ToolHints
  /** What its caller must be allowed. */
  scope: Scope
  /** The data in a few lines, for callers that read text. */
  summarize(data: unknown): readonly string[]
  run(args: Arguments, call: ToolCall): Promise<ToolOutcome>
}

export const READS: ToolHints = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
}

/** The schema of these arguments and no others. */
export function takes(properties: ArgumentSchema['properties'] = {}, required: string[] = []): ArgumentSchema {
  return {type: 'object', properties, required, additionalProperties: false}
}
