import {type Ep23Error} from './errors.js'
import {EXIT, type ExitCode} from './exit-codes.js'

export const SCHEMA_VERSION = 1

export type Status = 'ok' | 'failed' | 'warned' | 'undecided' | 'unmeasured' | 'error'

/** The one document on stdout of a command with `--json`. */
export interface SuccessEnvelope<D> {
  schema_version: number
  command: string
  status: Status
  run_id: string
  trace_id: string
  data: D
  warnings: readonly string[]
}

export interface ErrorEnvelope {
  schema_version: number
  command: string
  status: 'error'
  run_id?: string
  trace_id?: string
  error: {code: string; message: string; suggestions: readonly string[]; exit: ExitCode}
}

const STATUS_OF_EXIT: Readonly<Partial<Record<ExitCode, Status>>> = {
  [EXIT.ok]: 'ok',
  [EXIT.gateFailed]: 'failed',
  [EXIT.gateWarned]: 'warned',
  [EXIT.undecided]: 'undecided',
  [EXIT.unmeasured]: 'unmeasured',
}

/** The status word of a finished command, so that text, JSON and exit code never disagree. */
export function statusOf(exit: ExitCode): Status {
  return STATUS_OF_EXIT[exit] ?? 'failed'
}

interface Origin {
  command: string
  run_id?: string | undefined
  trace_id?: string | undefined
}

export function errorEnvelope({command, run_id, trace_id}: Origin, error: Ep23Error): ErrorEnvelope {
  return {
    schema_version: SCHEMA_VERSION,
    command,
    status: 'error',
    ...(run_id === undefined ? {} : {run_id}),
    ...(trace_id === undefined ? {} : {trace_id}),
    error: {code: error.code, message: error.message, suggestions: error.suggestions, exit: error.exit},
  }
}
