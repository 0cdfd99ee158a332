import {spawn, type ChildProcess} from 'node:child_process'
import {once} from 'node:events'
import {createInterface} from 'node:readline'

import {Ep23Error, EXIT, interruptedError, verbatim} from '@ep23/sdk'

import {listOf, objectOf, textOf, type JsonObject} from '../../domain/json-shape.js'
import type {ToolCall, ToolOutcome} from '../../domain/tool.js'
import {message as say} from '../../words/words.js'

type CommandRunner = (command: string, args: readonly string[], call: ToolCall) => Promise<ToolOutcome>

interface RunnerOptions {
  /** How ep23 itself is started. */
  program: readonly [string, ...string[]]
  env: Readonly<Record<string, string | undefined>>
  /** What a command may take to end by itself after it was interrupted. */
  graceMs?: number
}

const MOST_AT_ONCE = 4
const MOST_OUTPUT_BYTES = 32 * 1024 * 1024

/**
 * Runs commands of ep23 as child processes, a few at once. Lines of their progress are passed on; an aborted call
 * interrupts its command by SIGINT, as Ctrl-C does, and kills it when that takes too long.
 */
export function createCommandRunner({program, env, graceMs = 5000}: RunnerOptions): CommandRunner {
  let running = 0
  return async (command, args, call) => {
    if (running >= MOST_AT_ONCE) throw tooBusy()
    if (call.signal.aborted) throw interruptedError(say('notBegun', {command}))
    running += 1
    try {
      const [file, ...own] = program
      const child = spawn(file, [...own, command, '--json', ...args], {
        env: {...env, TRACEPARENT: call.traceparent},
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      return outcomeOf(command, await untilEnded(child, call, graceMs))
    } finally {
      running -= 1
    }
  }
}

async function untilEnded(child: ChildProcess, {signal, onProgress}: ToolCall, graceMs: number): Promise<string> {
  let output = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text
    if (output.length > MOST_OUTPUT_BYTES) child.kill('SIGKILL')
  })
  if (child.stderr) createInterface({input: child.stderr}).on('line', line => line.trim() && onProgress(line.trim()))
  let killing: NodeJS.Timeout | undefined
  const interrupt = (): void => {
    child.kill('SIGINT')
    killing = setTimeout(() => child.kill('SIGKILL'), graceMs)
  }
  signal.addEventListener('abort', interrupt)
  try {
    await once(child, 'close')
    return output
  } finally {
    clearTimeout(killing)
    signal.removeEventListener('abort', interrupt)
  }
}

function outcomeOf(command: string, output: string): ToolOutcome {
  const envelope = parsed(command, output)
  const [run_id = '', trace_id = ''] = [textOf(envelope['run_id']), textOf(envelope['trace_id'])]
  if (envelope['error'] !== undefined) throw Object.assign(errorOf(objectOf(envelope['error'])), run_id ? {run_id} : {})
  const warnings = listOf(envelope['warnings']).map(String)
  return {
    data: envelope['data'],
    ran: {command, status: textOf(envelope['status']) ?? 'ok', run_id, trace_id, warnings},
  }
}

function parsed(command: string, output: string): JsonObject {
  try {
    return objectOf(JSON.parse(output))
  } catch (cause) {
    throw new Ep23Error(say('endedWithoutResult', {command}), {
      code: 'COMMAND_WITHOUT_RESULT',
      exit: EXIT.unexpected,
      suggestions: [say('seeLogLines')],
      cause,
    })
  }
}

function errorOf({code, message, suggestions}: JsonObject): Ep23Error {
  return new Ep23Error(verbatim(textOf(message) ?? 'the command failed'), {
    code: textOf(code) ?? 'COMMAND_FAILED',
    exit: EXIT.unexpected,
    suggestions: listOf(suggestions).map(text => verbatim(String(text))),
  })
}

function tooBusy(): Ep23Error {
  return new Ep23Error(say('tooManyRunning', {most: MOST_AT_ONCE}), {
    code: 'TOO_MANY_COMMANDS',
    exit: EXIT.tryAgain,
    suggestions: [say('callLater')],
  })
}
