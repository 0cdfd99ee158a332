import {EXIT, type ExitCode} from '@ep23/sdk'

import type {Verdict} from '../../../domain/verdict.js'

interface Strictness {
  failOnWarn: boolean
  allowUndecided: boolean
}

/** The one place where a verdict becomes an exit code. */
export function exitOfRun(verdict: Verdict, {failOnWarn, allowUndecided}: Strictness): ExitCode {
  const exits: Record<Verdict, ExitCode> = {
    pass: EXIT.ok,
    warn: failOnWarn ? EXIT.gateWarned : EXIT.ok,
    fail: EXIT.gateFailed,
    undecided: allowUndecided ? EXIT.ok : EXIT.undecided,
    unmeasured: EXIT.unmeasured,
  }
  return exits[verdict]
}
