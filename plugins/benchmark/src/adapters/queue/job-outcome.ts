import {Ep23Error, type ExitCode, verbatim} from '@ep23/sdk'
import type {Job} from 'bullmq'

import type {FatalError, Outcome, Work} from '../../domain/work.js'
import {message as say} from '../../words/words.js'

/** What has become of a question whose job has ended. */
export function outcomeOfJob({failedReason, returnvalue}: Job<Work, Outcome>): Outcome {
  return failedReason ? {failed: failedReason} : returnvalue
}

/** What a worker met that would end who asks: it ends here as it would there. */
export function thrownIfFatal(outcome: Outcome | undefined): Outcome | undefined {
  if (outcome !== undefined && 'fatal' in outcome) throw fatalError(outcome.fatal, outcome.worker)
  return outcome
}

function fatalError({message, code, exit, suggestions}: FatalError, worker: string): Ep23Error {
  return new Ep23Error(say('ofWorker', {worker, problem: message}), {
    ...{code, exit: exit as ExitCode},
    suggestions: suggestions.map(verbatim),
  })
}
