import {EXIT, type ExitCode} from '@ep23/sdk'

import type {Verdict} from '../../../domain/verdict.js'

interface Strictness {
  failOnWarn: boolean
  failOnUndecided: boolean
}

/** The one place where a verdict becomes an exit code. */
export function exitOfRun(verdict: Verdict, {failOnWarn, failOnUndecided}: Strictness): ExitCode {
  const exits: Record<Verdict, ExitCode> = {
    pass: EXIT.ok,
    warn: failOnWarn ? EXIT.gateWarned : EXIT.ok,
    fail: EXIT.gateFailed,
    undecided: failOnUndecided ? EXIT.undecided : EXIT.ok,
    unmeasured: EXIT.unmeasured,
  }
  return exits[verdict]
}
