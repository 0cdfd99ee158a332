import type {RunningStep, StepPlan, InfraDeps} from '../../domain/infra.js'
import {assertNothingMissing} from './inspect-stack.js'
import {bringUp, type BringUpOptions} from './bring-up.js'
import {takeDownStack} from './take-down.js'

export interface RestartReport {
  steps: {
    step: string
    /** The address stayed the same. */
    same_url: boolean
    /** The process of before is gone; null for parts that are no process of ours. */
    old_process_gone: boolean | null
  }[]
  passed: boolean
}

/**
 * Brings the stack up (unless it is), down, and up again on the same ports, and compares.
 * @throws INFRA_MISSING (69) while the stack still runs, when it could not come up again; and what bringUp throws
 */
export async function testRestart(deps: InfraDeps, options: BringUpOptions): Promise<RestartReport> {
  const before = await bringUp(deps, options)
  await assertNothingMissing(deps.parts, options.plans)
  await takeDownStack(deps, options.waitSeconds)
  const gone = await Promise.all(
    before.steps.map(async ({process}) => process && !(await deps.processes.isAlive(process))),
  )
  const plans = options.plans.map(plan => withPort(plan, before.steps))
  const after = await bringUp(deps, {...options, plans})
  const steps = before.steps.map(({step, url}, index) => ({
    step,
    same_url: after.steps.some(again => again.step === step && again.url === url),
    old_process_gone: gone[index] ?? null,
  }))
  return {steps, passed: steps.every(({same_url, old_process_gone}) => same_url && old_process_gone !== false)}
}

function withPort(plan: StepPlan, running: readonly RunningStep[]): StepPlan {
  const port = running.find(({step}) => step === plan.step)?.port
  return port === undefined ? plan : {...plan, port}
}
