import type {InfraState} from '../../domain/infra-state.js'
import {INFRA_STEPS, type InfraStep} from '../../domain/infra-step.js'
import {infraMetrics} from '../../infra-metrics.js'
import type {InfraDeps} from './infra-deps.js'

export interface TakenDown {
  /** Parts of the state file, and how many processes beside them carried the stack's token. */
  stopped: InfraStep[]
  strays: number
}

/**
 * Ends everything that this stack's state names and every process that carries its token, in the reverse order of the
 * start. Nothing else is touched: a process counts as ours by pid and start time, and only since the same boot.
 */
export async function takeDown(deps: InfraDeps, state: InfraState): Promise<TakenDown> {
  const sameBoot = state.boot_id === (await deps.processes.bootId())
  for (const running of state.steps.toReversed()) {
    if (running.process && sameBoot) await deps.processes.stop(running.process)
    if (running.down_command !== undefined) await deps.parts.stopCommand(running)
  }
  const strays = sameBoot ? await deps.processes.withToken(state.token) : []
  for (const stray of strays) await deps.processes.stop(stray)
  await deps.state.clear()
  const {status} = deps.metrics.bind(infraMetrics)
  for (const {step} of state.steps) status.set({step}, 0)
  return {stopped: state.steps.map(({step}) => step), strays: strays.length}
}

/** What `infra:down` does: takes the stack down when there is one. */
export async function takeDownStack(deps: InfraDeps, waitSeconds: number): Promise<TakenDown> {
  return deps.state.exclusively(async () => {
    const state = await deps.state.read()
    const {wanted} = deps.metrics.bind(infraMetrics)
    // Also of parts that never came up: whoever takes the stack down waits for none of them any more.
    for (const step of INFRA_STEPS) wanted.set({step}, 0)
    return state ? takeDown(deps, state) : {stopped: [], strays: 0}
  }, waitSeconds)
}
