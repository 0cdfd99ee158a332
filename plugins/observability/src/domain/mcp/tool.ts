import type {Scope} from './scope.js'
import type {ToolName} from './tool-names.js'

/** What an agent may rely on before it calls; the words are MCP's. */
export interface ToolHints extends Record<string, unknown> {
  readOnlyHint: boolean
  destructiveHint: boolean
  idempotentHint: boolean
  /** All of it stays within the store and the dataset folder. */
  openWorldHint: boolean
}

export type Arguments = Readonly<Record<string, unknown>>

type Json = string | number | boolean | null | Json[] | {[name: string]: Json}

/** A JSON Schema of the arguments, draft 2020-12. */
export interface ArgumentSchema {
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
export interface RanCommand {
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
