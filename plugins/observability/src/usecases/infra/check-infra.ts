import {Ep23Error, EXIT} from '@ep23/sdk'

import type {MissingPart, PartStarter} from '../../domain/infra-ports.js'
import type {StepPlan} from '../../domain/infra-step.js'

/** What of the plan cannot come up on this host; nothing is started. */
export async function findMissing(parts: PartStarter, plans: readonly StepPlan[]): Promise<MissingPart[]> {
  const answers = await Promise.all(plans.map(async plan => parts.missing(plan)))
  return answers.filter(answer => answer !== undefined)
}

/** @throws INFRA_MISSING (69), naming everything that is missing at once */
export async function refuseMissing(parts: PartStarter, plans: readonly StepPlan[]): Promise<void> {
  const missing = await findMissing(parts, plans)
  if (missing.length === 0) return
  throw new Ep23Error(`cannot bring up ${missing.map(({step, problem}) => `${step}: ${problem}`).join('; ')}`, {
    code: 'INFRA_MISSING',
    exit: EXIT.unavailable,
    suggestions: missing.map(({step, fix}) => `${step}: ${fix}`),
  })
}
