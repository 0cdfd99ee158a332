import {Ajv2020, type ValidateFunction} from 'ajv/dist/2020.js'
import {Ep23Error, EXIT, toEp23Error, usageError, type Runtime} from '@ep23/sdk'

import {
  allows,
  toolLabel,
  type Scope,
  type CallStatus,
  type ToolName,
  type Arguments,
  type Tool,
  type ToolCall,
  type ToolOutcome,
} from '../../domain/tool.js'
import {continueTrace, createCallRecorder, traceparentOf, type CallTrace, type RecorderDeps} from './call-span.js'
import {message as say} from '../../words/words.js'

export interface CallDeps extends RecorderDeps, Pick<Runtime, 'clock'> {
  tools: readonly Tool[]
  /** What this server was started to allow at most, whoever asks. */
  most: Scope
  record: (tool: ToolName | 'unknown', status: CallStatus, seconds: number) => void
  newId: (bytes: number) => string
  /** @throws Ep23Error when calls come faster than the server takes them */
  checkRate: () => void
  /** The share of traces whose spans are kept. */
  traceSample: number
}

interface CallRequest extends Pick<ToolCall, 'onProgress' | 'signal'> {
  name: string
  arguments: Arguments
  /** What the caller is allowed. */
  scope: Scope
  /** The caller's, from `_meta`. */
  traceparent: unknown
}

/** What the caller is told; also an error carries the ids by which it is found again. */
export interface CallResult {
  failed: boolean
  traceparent: string
  content: Record<string, unknown>
  /** The same in a few lines, for a model to read first. */
  text: string
}

export type CallTool = (request: CallRequest) => Promise<CallResult>

/** Checks, runs, counts and records each call of a tool; what goes wrong in it becomes a result and is not thrown. */
export function createCallTool(deps: CallDeps): CallTool {
  const ajv = new Ajv2020({allErrors: true, strict: true, validateSchema: false})
  const entries = deps.tools.map(tool => [tool.name as string, {tool, check: ajv.compile(tool.inputSchema)}] as const)
  const known = new Map<string, CheckedTool>(entries)
  const recordCall = createCallRecorder(deps)

  return async request => {
    const trace = continueTrace(request.traceparent, deps.newId, deps.traceSample)
    const started = {at: deps.clock.now(), monotonic: deps.clock.monotonic()}
    const ended = await attempt(async () => {
      deps.checkRate()
      const {tool, check} = known.get(request.name) ?? throwUnknownTool()
      if (!allows(request.scope, tool.scope)) throwScope(deps.most, tool)
      assertArguments(check, request)
      const outcome = await tool.run(request.arguments, {...request, traceparent: traceparentOf(trace)})
      return {outcome, lines: tool.summarize(outcome.data)}
    })
    const status = statusOf(ended, request.signal)
    const seconds = deps.clock.monotonic() - started.monotonic
    deps.record(toolLabel(request.name), status, seconds)
    const wrote = status !== 'error' && known.get(request.name)?.tool.scope !== 'read'
    await recordCall({tool: toolLabel(request.name), trace, status, wrote, startedAt: started.at, seconds, ...ended})
    return resultOf(deps, request.name, trace, ended)
  }
}

interface CheckedTool {
  tool: Tool
  check: ValidateFunction
}

type Ended = {outcome: ToolOutcome; lines: readonly string[]} | {error: unknown}

async function attempt(work: () => Promise<Ended>): Promise<Ended> {
  try {
    return await work()
  } catch (error) {
    return {error}
  }
}

function throwScope(most: Scope, {name, scope}: Tool): never {
  const started = !allows(most, scope)
  throw new Ep23Error(started ? say('serverWithoutScope', {name, scope}) : say('tokenWithoutScope', {name, scope}), {
    code: 'MCP_SCOPE',
    exit: EXIT.notPermitted,
    suggestions: [started ? say('askOperatorStart', {scope}) : say('askOperatorToken', {scope})],
  })
}

function throwUnknownTool(): never {
  throw usageError(say('noSuchTool'), [say('listTools')])
}

function assertArguments(check: ValidateFunction, {name, arguments: args}: CallRequest): void {
  if (check(args)) return
  const problems = (check.errors ?? []).map(({instancePath, message}) => `${instancePath || 'arguments'} ${message}`)
  throw usageError(say('wrongArguments', {name, problems: problems.join('; ')}), [say('seeInputSchema')])
}

function statusOf(ended: Ended, signal: AbortSignal): CallStatus {
  if (!('error' in ended)) return 'ok'
  return signal.aborted ? 'cancelled' : 'error'
}

function resultOf({run}: CallDeps, name: string, trace: CallTrace, ended: Ended): CallResult {
  const traceparent = traceparentOf(trace)
  const own = {run_id: run.run_id, trace_id: trace.traceId}
  if ('error' in ended) return errorResult(ended.error, {...own, traceparent})
  const {data, ran} = ended.outcome
  const content = {...own, status: 'ok', ...ran, data}
  const head = `${ran?.command ?? name}: ${content.status}; trace ${content.trace_id}`
  const warnings = (ran?.warnings ?? []).map(warning => `warning: ${warning}`)
  return {failed: false, traceparent, content, text: [head, ...ended.lines, ...warnings].join('\n')}
}

function errorResult(error: unknown, own: {run_id: string; trace_id: string; traceparent: string}): CallResult {
  const {traceparent, trace_id} = own
  const {code, message, suggestions} = toEp23Error(error)
  const {run_id = own.run_id} = error as {run_id?: string}
  const text = [`${code}: ${message}; trace ${trace_id}`, ...suggestions.map(next => `next: ${next}`)].join('\n')
  const content = {run_id, trace_id, status: 'error', error: {code, message, suggestions}}
  return {failed: true, traceparent, content, text}
}
