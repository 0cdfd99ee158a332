import {maskPassword} from '../../domain/infra-state.js'
import type {InfraDeps} from './infra-deps.js'

export interface StepStatus {
  step: string
  provider: string
  url: string
  pid: number | null
  up: boolean
  /** Why it is not up. */
  problem: string | null
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
        url: maskPassword(url),
        pid: process?.pid ?? null,
        up: problem === undefined,
        problem: problem ?? null,
      }
    }),
  )
}
