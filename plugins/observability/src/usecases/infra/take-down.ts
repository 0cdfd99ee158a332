import {Ep23Error, EXIT, joined, errorMessage} from '@ep23/sdk'

import {INFRA_STEPS, type InfraState, type RunningStep, type InfraStep, type InfraDeps} from '../../domain/infra.js'
import {infraMetrics} from '../../metrics.js'
import {message} from '../../words/words.js'

export interface TakenDown {
  /** Parts of the state file, and how many processes beside them carried the stack's token. */
  stopped: InfraStep[]
  strays: number
}

/**
 * Ends everything that this stack's state names and every process that carries its token, in the reverse order of the
 * start. Nothing else is touched: a process counts as ours by pid and start time, and only since the same boot.
 * What cannot be ended stays in the state for the next time, and does not keep the others up.
 * @throws INFRA_STOP_FAILED (1) naming what could not be ended
 */
export async function takeDown(deps: InfraDeps, state: InfraState): Promise<TakenDown> {
  const sameBoot = state.boot_id === (await deps.processes.bootId())
  const isContainer = ({provider}: RunningStep): boolean => provider === 'docker'
  const [containers, others] = [state.steps.filter(isContainer), state.steps.filter(step => !isContainer(step))]
  const failed = await stopEach(deps, others, sameBoot)
  const strays = sameBoot ? await deps.processes.withToken(state.token) : []
  const spared: unknown[] = []
  for (const stray of strays) await deps.processes.stop(stray).catch((error: unknown) => spared.push(error))
  // After the strays: an orphaned `docker compose up` among them would start its container again.
  failed.push(...(await stopEach(deps, containers, sameBoot)))
  const {status} = deps.metrics.bind(infraMetrics)
  for (const {step} of state.steps) status.set({step}, 0)
  if (failed.length > 0) await giveUp(deps, state, failed)
  // The state stays: by its token the next time finds them.
  if (spared.length > 0) throw spared[0]
  await deps.state.clear()
  return {stopped: state.steps.map(({step}) => step), strays: strays.length}
}

interface Failure {
  running: RunningStep
  error: unknown
}

async function stopEach(deps: InfraDeps, steps: readonly RunningStep[], sameBoot: boolean): Promise<Failure[]> {
  const failed: Failure[] = []
  for (const running of steps.toReversed())
    try {
      if (running.process && sameBoot) await deps.processes.stop(running.process)
      await deps.parts.stop(running)
    } catch (error) {
      failed.push({running, error})
    }
  return failed
}

async function giveUp(deps: InfraDeps, state: InfraState, failed: readonly Failure[]): Promise<never> {
  const left = new Set(failed.map(({running}) => running))
  await deps.state.write({...state, steps: state.steps.filter(step => left.has(step))})
  const words = failed.map(({running, error}) => joined([running.step, errorMessage(error)], ': '))
  throw new Ep23Error(message('notTakenDown', {problems: joined(words, '; ')}), {
    code: 'INFRA_STOP_FAILED',
    exit: EXIT.unexpected,
    suggestions: [message('fixThat')],
    cause: failed[0]?.error,
  })
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
