import {stat} from 'node:fs/promises'

import {Ep23Error, EXIT, startTimer} from '@ep23/sdk'
import type {Result} from 'execa'
import {message} from '../words/words.js'

export interface CommandRun {
  /** How errors name it. */
  name: string
  command: readonly string[]
  cwd: string
  env: Readonly<Record<string, string>>
  timeoutSeconds: number
  outputLimitBytes: number
  /** The file it is to write, watched as it grows. */
  outputPath: string
  signal: AbortSignal
}

const WATCH_MILLISECONDS = 200
const GRACE_MILLISECONDS = 5000
const SHOWN_STDERR = 2000

/**
 * Runs a command without a shell and waits for its end. Time and output are limited; when a limit is passed or the run is
 * interrupted, the command and the processes it started get SIGTERM, and SIGKILL 5 seconds later.
 * @throws Ep23Error EXPORT_COMMAND_FAILED (1), EXPORT_COMMAND_TIMEOUT (75), EXPORT_COMMAND_OUTPUT (65),
 * EXPORT_COMMAND_NOT_FOUND (69), or the signal's reason
 */
export async function runCommand(run: CommandRun): Promise<void> {
  // Most exports run no command: the library is loaded for those that do.
  const {execa} = await import('execa')
  const [program = '', ...args] = run.command
  const child = execa(program, args, {
    cwd: run.cwd,
    env: run.env,
    stdin: 'ignore',
    reject: false,
    // A group of its own, so that a wrapper's children can be ended with it.
    detached: process.platform !== 'win32',
    cleanup: false,
    maxBuffer: run.outputLimitBytes,
  })
  const guard = new Guard(run, child)
  const result = await Promise.race([child, guard.gaveUp]).finally(() => guard.dispose())
  if (guard.reason) throw guard.reason
  assertSucceeded(run, result as Result)
}

interface Child {
  pid?: number
  kill(signal: NodeJS.Signals): boolean
}

/** Watches a child's time, the size of its file and the interruption of this run; ends the whole group. */
class Guard {
  reason: Error | undefined
  /** Settles when the child was killed and does not close its pipes: a grandchild may hold them for ever. */
  readonly gaveUp: Promise<undefined>
  #giveUp: () => void = () => undefined
  readonly #stopTimer: () => void
  readonly #timers: NodeJS.Timeout[]
  readonly #interrupt = (): void => this.#end(this.run.signal.reason as Error)

  constructor(
    private readonly run: CommandRun,
    private readonly child: Child,
  ) {
    this.gaveUp = new Promise(resolve => (this.#giveUp = () => resolve(undefined)))
    this.#stopTimer = startTimer(run.timeoutSeconds * 1000, () => this.#end(timedOut(run)))
    this.#timers = [setInterval(() => void this.#watchFile(), WATCH_MILLISECONDS)]
    run.signal.addEventListener('abort', this.#interrupt, {once: true})
    if (run.signal.aborted) this.#interrupt()
  }

  dispose(): void {
    this.#stopTimer()
    for (const timer of this.#timers) clearTimeout(timer)
    this.run.signal.removeEventListener('abort', this.#interrupt)
    // Whatever the command left running in the background ends with it.
    this.#signalGroup('SIGKILL')
  }

  #end(reason: Error): void {
    if (this.reason) return
    this.reason = reason
    this.#signalGroup('SIGTERM')
    this.#timers.push(setTimeout(() => (this.#signalGroup('SIGKILL'), this.#giveUp()), GRACE_MILLISECONDS))
  }

  async #watchFile(): Promise<void> {
    const size = await stat(this.run.outputPath).then(
      found => found.size,
      () => 0,
    )
    if (size > this.run.outputLimitBytes) this.#end(tooMuch(this.run))
  }

  #signalGroup(signal: NodeJS.Signals): void {
    const {pid} = this.child
    if (pid === undefined) return
    try {
      if (process.platform === 'win32') this.child.kill(signal)
      else process.kill(-pid, signal)
    } catch {
      // The group is gone already: that is what was wanted.
    }
  }
}

function assertSucceeded(run: CommandRun, result: Result): void {
  const {failed, code, exitCode, signal, isMaxBuffer, stderr} = result as Result & {code?: string; stderr: string}
  if (!failed) return
  if (isMaxBuffer) throw tooMuch(run)
  if (code === 'ENOENT') throw notFound(run)
  const end =
    exitCode === undefined
      ? message('wasEnded', {cause: signal ?? code ?? 'an unknown cause'})
      : message('endedWith', {code: exitCode})
  const said = stderr.trim().slice(-SHOWN_STDERR)
  throw new Ep23Error(message('commandEnded', {name: run.name, end, said: said === '' ? '' : `: ${said}`}), {
    code: 'EXPORT_COMMAND_FAILED',
    exit: EXIT.unexpected,
    suggestions: [message('tryByHand', {command: run.command.join(' ')})],
  })
}

function timedOut({name, timeoutSeconds}: CommandRun): Error {
  return new Ep23Error(message('commandTooLong', {name, timeoutSeconds}), {
    code: 'EXPORT_COMMAND_TIMEOUT',
    exit: EXIT.tryAgain,
    suggestions: [message('raiseTimeout')],
  })
}

function tooMuch({name, outputLimitBytes}: CommandRun): Error {
  return new Ep23Error(message('commandWroteTooMuch', {name, outputLimitBytes}), {
    code: 'EXPORT_COMMAND_OUTPUT',
    exit: EXIT.badData,
    suggestions: [message('raiseOutputLimit')],
  })
}

function notFound({name, command}: CommandRun): Error {
  return new Ep23Error(message('noProgram', {name, command: command[0] ?? ''}), {
    code: 'EXPORT_COMMAND_NOT_FOUND',
    exit: EXIT.unavailable,
    suggestions: [message('installProgram')],
  })
}
