import {once} from 'node:events'

import {Ep23Error} from './command/errors.js'
import {EXIT, type ExitCode} from './command/exit-codes.js'
import {isObject} from './is-object.js'
import {verbatim} from './messages.js'
import {words} from './words/words.js'

interface CommandOptions {
  cwd?: string
  env?: Readonly<Record<string, string>>
  signal: AbortSignal
  /** Called with each line of the command's progress. */
  onProgress?: (line: string) => void
}

interface CommandOutcome {
  data: unknown
  status: string
}

/**
 * Runs a command of ep23 by its name, in a process with its own run, trace and telemetry: who imports no plugin can still use its
 * commands. Gates that failed are a result; what the command calls an error is thrown.
 * @throws Ep23Error the command's own error, or COMMAND_WITHOUT_RESULT (1)
 */
export async function runOwnCommand(words: readonly string[], options: CommandOptions): Promise<CommandOutcome> {
  const {cwd, env, signal, onProgress} = options
  // Loaded late: hardly any command starts another one.
  const [{spawn}, {createInterface}] = await Promise.all([import('node:child_process'), import('node:readline')])
  signal.throwIfAborted()
  const child = spawn(process.execPath, [process.argv[1] ?? '', ...words, '--json'], {
    ...(cwd !== undefined && {cwd}),
    env: {...process.env, ...env},
    stdio: ['ignore', 'pipe', 'pipe'],
    // Ctrl-C at the terminal reaches it by the signal below, and only so: the second one would end it at once.
    detached: true,
  })
  const interrupt = (): void => void child.kill('SIGINT')
  const hangUp = (): void => {
    child.kill('SIGHUP')
    process.kill(process.pid, 'SIGHUP')
  }
  signal.addEventListener('abort', interrupt)
  process.once('SIGHUP', hangUp)
  try {
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
    createInterface({input: child.stderr}).on('line', line => onProgress?.(line))
    await once(child, 'close')
    signal.throwIfAborted()
    return outcomeOf(words[0] ?? '', output)
  } finally {
    signal.removeEventListener('abort', interrupt)
    process.off('SIGHUP', hangUp)
  }
}

function outcomeOf(command: string, output: string): CommandOutcome {
  const {data, status, error} = envelopeOf(command, output)
  if (isObject(error)) throw errorOf(error)
  return {data, status: String(status)}
}

function envelopeOf(command: string, output: string): Record<string, unknown> {
  try {
    return JSON.parse(output) as Record<string, unknown>
  } catch (cause) {
    throw new Ep23Error(words.message('endedWithoutResult', {command}), {
      code: 'COMMAND_WITHOUT_RESULT',
      exit: EXIT.unexpected,
      suggestions: [words.message('runAlone', {command})],
      cause,
    })
  }
}

function errorOf({code, message, exit, suggestions}: Record<string, unknown>): Ep23Error {
  return new Ep23Error(verbatim(String(message)), {
    code: String(code),
    exit: Number(exit) as ExitCode,
    suggestions: Array.isArray(suggestions) ? suggestions.map(text => verbatim(String(text))) : [],
  })
}
