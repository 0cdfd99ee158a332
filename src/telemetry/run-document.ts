import {EXIT, statusOf, toEp23Error, type ExitCode, type RunIdentity, type Status} from '@ep23/sdk'

import type {Redactor} from './redact.js'

/** One run of a command, in `ep23_runs`; key: `run_id`. */
export interface RunDocument extends RunIdentity {
  service: string
  version: string
  finished_at: Date
  duration_seconds: number
  exit: number
  outcome: RunOutcome
  error?: {code: string; message: string}
  /** What the command told about itself. */
  facts: Readonly<Record<string, unknown>>
}

export type RunOutcome = Status | 'interrupted'

/** How the process ends. */
export interface RunEnd {
  exit: number
  error: Error | undefined
}

interface RunFacts {
  run: RunIdentity
  service: string
  version: string
  finishedAt: Date
  seconds: number
  end: RunEnd
  facts: Readonly<Record<string, unknown>>
  redactor: Redactor
}

export function describeRun({run, service, version, finishedAt, seconds, end, facts, redactor}: RunFacts): RunDocument {
  return {
    ...run,
    service,
    version,
    finished_at: finishedAt,
    duration_seconds: seconds,
    exit: end.exit,
    outcome: outcomeOf(end.exit),
    ...(end.error && {error: describeError(end.error, redactor)}),
    facts: redactor.value(facts) as RunDocument['facts'],
  }
}

// 130 and 143 are what a shell reports for a process ended by SIGINT and SIGTERM.
export function outcomeOf(exit: number): RunOutcome {
  if (exit === EXIT.interrupted || exit === 143) return 'interrupted'
  return statusOf(exit as ExitCode)
}

function describeError(error: Error, redactor: Redactor): {code: string; message: string} {
  const {code, message} = toEp23Error(error)
  return {code, message: redactor.text(message)}
}
