import {Ep23Error, EXIT, joined, maskCredentials, type Text} from '@ep23/sdk'

import {type InfraDeps, type MissingPart, type PartStarter, type StepPlan} from '../../domain/infra.js'
import {message} from '../../words/words.js'

export interface StepStatus {
  step: string
  provider: string
  url: string
  pid: number | null
  up: boolean
  /** Why it is not up. */
  problem: Text | null
}

/** Asks every part of the stack whether it answers now; changes nothing. */
export async function readStatus({state, parts}: Pick<InfraDeps, 'state' | 'parts'>): Promise<StepStatus[]> {
  const known = await state.read()
  return Promise.all(
    (known?.steps ?? []).map(async running => {
      const problem = await parts.problem(running)
      const {step, provider, url, process} = running
      return {
        step,
        provider,
        url: maskCredentials(url),
        pid: process?.pid ?? null,
        up: problem === undefined,
        problem: problem ?? null,
      }
    }),
  )
}

/** What of the plan cannot come up on this host; nothing is started. */
export async function findMissing(parts: PartStarter, plans: readonly StepPlan[]): Promise<MissingPart[]> {
  const answers = await Promise.all(plans.map(async plan => parts.missing(plan)))
  return answers.filter(answer => answer !== undefined)
}

/** @throws INFRA_MISSING (69), naming everything that is missing at once */
export async function assertNothingMissing(parts: PartStarter, plans: readonly StepPlan[]): Promise<void> {
  const missing = await findMissing(parts, plans)
  if (missing.length === 0) return
  throw new Ep23Error(
    message('cannotBringUp', {
      missing: joined(
        missing.map(({step, problem}) => joined([step, problem], ': ')),
        '; ',
      ),
    }),
    {
      code: 'INFRA_MISSING',
      exit: EXIT.unavailable,
      suggestions: missing.map(({step, fix}) => joined([step, fix], ': ')),
    },
  )
}
