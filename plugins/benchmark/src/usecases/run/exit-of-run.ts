import {EXIT, type ExitCode} from '@ep23/sdk'

import type {Verdict} from '../../domain/verdict.js'

interface Strictness {
  failOnWarn: boolean
  failOnUndecided: boolean
}

/** The one place where a verdict becomes an exit code. */
export function exitOfRun(verdict: Verdict, {failOnWarn, failOnUndecided}: Strictness): ExitCode {
  switch (verdict) {
    case 'fail':
      return EXIT.gateFailed
    case 'unmeasured':
      return EXIT.unmeasured
    case 'warn':
      return failOnWarn ? EXIT.gateWarned : EXIT.ok
    case 'undecided':
      return failOnUndecided ? EXIT.undecided : EXIT.ok
    case 'pass':
      return EXIT.ok
  }
}
