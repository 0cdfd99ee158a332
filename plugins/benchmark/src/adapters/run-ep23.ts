import {execa} from 'execa'

import {Ep23Error, EXIT, interruptedError, type ExitCode, type Settings} from '@ep23/sdk'

/** How a command of ours ended. */
export interface EndedCommand {
  exit: number
  /** What `--json` holds: its data, or its error. */
  data?: unknown
  error?: {code: string; message: string; suggestions: string[]; exit: ExitCode}
}

/** Exits that are a result, not a failure: of gates, undecided, too much unmeasured. */
const RESULTS: ReadonlySet<number> = new Set([
  EXIT.ok,
  EXIT.gateFailed,
  EXIT.gateWarned,
  EXIT.undecided,
  EXIT.unmeasured,
])

/**
 * Runs a command of ep23 as a process of its own, with the same store and settings: it has its run, its trace and its telemetry.
 * @throws the command's own error, with its exit; INTERRUPTED (130)
 */
export async function runEp23(
  args: readonly string[],
  {settings, signal}: {settings: Settings; signal: AbortSignal},
): Promise<EndedCommand> {
  const {exitCode, stdout, stderr} = await execa(process.execPath, [process.argv[1] ?? '', ...args, '--json'], {
    cancelSignal: signal,
    forceKillAfterDelay: 10_000,
    reject: false,
    stdin: 'ignore',
    env: {EP23_STORE: settings.store, EP23_DATASET_DIR: settings.datasetDir, EP23_QUIET: '1'},
  })
  if (signal.aborted) throw interruptedError(`ep23 ${args[0]} was stopped`)
  const ended = parse(stdout)
  if (exitCode !== undefined && RESULTS.has(exitCode)) return {exit: exitCode, ...ended}
  const {code = 'COMMAND_FAILED', message = stderr.trim(), suggestions = [], exit} = ended.error ?? {}
  throw new Ep23Error(`ep23 ${args[0]}: ${message}`, {code, exit: exit ?? EXIT.unexpected, suggestions})
}

function parse(stdout: string): Pick<EndedCommand, 'data' | 'error'> {
  try {
    return JSON.parse(stdout) as Pick<EndedCommand, 'data' | 'error'>
  } catch {
    return {}
  }
}
