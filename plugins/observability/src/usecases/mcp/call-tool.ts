import {Ajv2020, type ValidateFunction} from 'ajv/dist/2020.js'
import {toEp23Error, usageError, type Runtime} from '@ep23/sdk'

import {continueTrace, traceparentOf, type CallTrace} from '../../domain/mcp/call-trace.js'
import {toolLabel, type CallStatus, type ToolName} from '../../domain/mcp/tool-names.js'
import type {Arguments, Tool, ToolCall, ToolOutcome} from '../../domain/mcp/tool.js'
import {recordCallSpan} from './record-call-span.js'

export interface CallDeps extends Pick<Runtime, 'clock' | 'logger' | 'run' | 'spanArchive'> {
  tools: readonly Tool[]
  /** The names of tools that exist but need --allow-write. */
  closed: ReadonlySet<string>
  record: (tool: ToolName | 'unknown', status: CallStatus, seconds: number) => void
  newId: (bytes: number) => string
}

export interface CallRequest extends Pick<ToolCall, 'onProgress' | 'signal'> {
  name: string
  arguments: Arguments
  /** The caller's, from `_meta`. */
  traceparent: unknown
}

/** What the caller is told; also an error carries the ids by which it is found again. */
export interface CallResult {
  failed: boolean
  traceparent: string
  content: Record<string, unknown>
}

export type CallTool = (request: CallRequest) => Promise<CallResult>

/** Checks, runs, counts and records each call of a tool; what goes wrong in it becomes a result and is not thrown. */
export function createCallTool(deps: CallDeps): CallTool {
  const ajv = new Ajv2020({allErrors: true, strict: true})
  const entries = deps.tools.map(tool => [tool.name as string, {tool, check: ajv.compile(tool.inputSchema)}] as const)
  const open = new Map<string, CheckedTool>(entries)

  return async request => {
    const trace = continueTrace(request.traceparent, deps.newId)
    const started = {at: deps.clock.now(), monotonic: deps.clock.monotonic()}
    const ended = await attempt(async () => {
      const {tool, check} = open.get(request.name) ?? refuse(deps, request.name)
      refuseWrongArguments(check, request)
      return tool.run(request.arguments, {...request, traceparent: traceparentOf(trace)})
    })
    const status = statusOf(ended, request.signal)
    const seconds = deps.clock.monotonic() - started.monotonic
    deps.record(toolLabel(request.name), status, seconds)
    await recordCallSpan(deps, {tool: toolLabel(request.name), trace, status, startedAt: started.at, seconds, ...ended})
    return resultOf(deps, trace, ended)
  }
}

interface CheckedTool {
  tool: Tool
  check: ValidateFunction
}

type Ended = {outcome: ToolOutcome} | {error: unknown}

async function attempt(work: () => Promise<ToolOutcome>): Promise<Ended> {
  try {
    return {outcome: await work()}
  } catch (error) {
    return {error}
  }
}

function refuse({closed}: CallDeps, name: string): never {
  if (closed.has(name))
    throw usageError(`${name} writes, and this server was started without --allow-write`, [
      'ask its operator to start it with --allow-write',
    ])
  throw usageError('there is no tool of that name', ['list the tools'])
}

function refuseWrongArguments(check: ValidateFunction, {name, arguments: args}: CallRequest): void {
  if (check(args)) return
  const problems = (check.errors ?? []).map(({instancePath, message}) => `${instancePath || 'arguments'} ${message}`)
  throw usageError(`wrong arguments for ${name}: ${problems.join('; ')}`, ['see the input schema of the tool'])
}

function statusOf(ended: Ended, signal: AbortSignal): CallStatus {
  if (!('error' in ended)) return 'ok'
  return signal.aborted ? 'cancelled' : 'error'
}

function resultOf({run}: CallDeps, trace: CallTrace, ended: Ended): CallResult {
  const traceparent = traceparentOf(trace)
  const own = {run_id: run.run_id, trace_id: trace.traceId}
  if ('outcome' in ended) {
    const {data, ran} = ended.outcome
    return {failed: false, traceparent, content: {...own, status: 'ok', ...ran, data}}
  }
  const {code, message, suggestions} = toEp23Error(ended.error)
  const {run_id = own.run_id} = ended.error as {run_id?: string}
  return {failed: true, traceparent, content: {...own, run_id, status: 'error', error: {code, message, suggestions}}}
}
