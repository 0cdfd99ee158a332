import {EXIT, toEp23Error, type RunIdentity} from '@ep23/sdk'
import type {Redactor} from './redact.js'
import {withStorableNames} from './storable.js'

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

/** How runs end, by their exit code: everything that is none of the commands' verdicts is an error. */
const OUTCOMES = {
  [EXIT.ok]: 'ok',
  [EXIT.gateFailed]: 'failed',
  [EXIT.gateWarned]: 'warned',
  [EXIT.undecided]: 'undecided',
  [EXIT.unmeasured]: 'unmeasured',
  [EXIT.interrupted]: 'interrupted',
  // What a shell reports for a process that SIGTERM has ended.
  143: 'interrupted',
} as const

export type RunOutcome = (typeof OUTCOMES)[keyof typeof OUTCOMES] | 'error'

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
    facts: withStorableNames(redactor.value(facts)) as RunDocument['facts'],
  }
}

export function outcomeOf(exit: number): RunOutcome {
  return exit in OUTCOMES ? OUTCOMES[exit as keyof typeof OUTCOMES] : 'error'
}

function describeError(error: Error, redactor: Redactor): {code: string; message: string} {
  const {code, message} = toEp23Error(error)
  return {code, message: redactor.text(message)}
}

/** `20261123T013304Z-3f9a1c02b4de`: sorts by time, and 60 processes of one second do not meet. */
export function newRunId(startedAt: Date): string {
  const second = startedAt.toISOString().replaceAll(/[-:]|\.\d+/gu, '')
  return `${second}-${randomHex(6)}`
}

/** An identifier, no secret: OpenTelemetry makes its ids in the same way, and `node:crypto` takes 6 ms of every start to load. */
export function randomHex(bytes: number): string {
  const digits = Array.from({length: 2 * bytes}, () => Math.floor(Math.random() * 16).toString(16))
  return digits.join('')
}
