import {randomUUID} from 'node:crypto'

import {Ep23Error, EXIT, joined, errorMessage, maskCredentials, type Text, numbersMessage} from '@ep23/sdk'

import {INFRA_STEPS, type InfraState, type RunningStep, type StepPlan, type InfraDeps} from '../../domain/infra.js'
import {infraMetrics} from '../../metrics.js'
import {assertNothingMissing} from './inspect-stack.js'
import {retried} from './retried.js'
import {takeDown} from './take-down.js'
import {message} from '../../words/words.js'

export interface BringUpOptions {
  plans: readonly StepPlan[]
  /** How often a part may be started, at least once. */
  attempts: number
  /** How long to wait for another ep23 process that works on the same stack. */
  waitSeconds: number
}

export interface BroughtUp {
  steps: RunningStep[]
  /** The stack ran already and answered: nothing was started. */
  already_up: boolean
  /** What an earlier, killed run had left and this one took down. */
  recovered: number
}

/**
 * Brings the parts up one after the other, each retried with backoff. When one fails, and when the user interrupts,
 * everything that was started is taken down before the error is thrown on.
 * @throws INFRA_MISSING (69), INFRA_STEP_FAILED (69), INFRA_BUSY (75), INTERRUPTED (130)
 */
export async function bringUp(deps: InfraDeps, options: BringUpOptions): Promise<BroughtUp> {
  return deps.state.exclusively(async () => {
    const earlier = await deps.state.read()
    markWanted(deps, options.plans, earlier)
    if (earlier && (await stillServes(deps, earlier, options.plans)))
      return {steps: earlier.steps, already_up: true, recovered: 0}
    // Before anything is taken down: a stack that serves is worth more than one that cannot come up.
    await assertNothingMissing(deps.parts, options.plans)
    const left = earlier ? await takeDown(deps, earlier) : undefined
    const steps = await startGuarded(deps, options)
    return {steps, already_up: false, recovered: (left?.stopped.length ?? 0) + (left?.strays ?? 0)}
  }, options.waitSeconds)
}

// A part that nobody got to counts as down too, so that the alert sees a bootstrap that stopped half-way.
// What runs already keeps its status until it is taken down.
function markWanted({metrics}: InfraDeps, plans: readonly StepPlan[], earlier: InfraState | undefined): void {
  const {wanted, status} = metrics.bind(infraMetrics)
  const running = new Set(earlier?.phase === 'up' ? earlier.steps.map(({step}) => step) : [])
  for (const {step} of plans) {
    wanted.set({step}, 1)
    if (!running.has(step)) status.set({step}, 0)
  }
}

async function stillServes(deps: InfraDeps, state: InfraState, plans: readonly StepPlan[]): Promise<boolean> {
  if (state.phase !== 'up' || state.steps.length !== plans.length) return false
  if (!plans.every(plan => state.steps.some(running => isAsPlanned(running, plan)))) return false
  const problems = await Promise.all(state.steps.map(async step => deps.parts.problem(step)))
  if (problems.some(problem => problem !== undefined)) return false
  const {status} = deps.metrics.bind(infraMetrics)
  for (const {step} of state.steps) status.set({step}, 1)
  return true
}

function isAsPlanned(running: RunningStep, {step, provider, port, url}: StepPlan): boolean {
  if (running.step !== step || running.provider !== provider) return false
  return (port === undefined || running.port === port) && (url === undefined || running.url === url)
}

async function startGuarded(deps: InfraDeps, options: BringUpOptions): Promise<RunningStep[]> {
  const boot_id = await deps.processes.bootId()
  const state: InfraState = {version: 1, token: randomUUID(), phase: 'starting', boot_id, steps: []}
  await deps.state.write(state)
  try {
    await startAll(deps, state, options)
    await assertAllAnswer(deps, state)
    state.phase = 'up'
    await deps.state.write(state)
    return state.steps
  } catch (error) {
    await takeDownAfter(deps, state, error)
    throw error
  }
}

async function takeDownAfter(deps: InfraDeps, state: InfraState, cause: unknown): Promise<void> {
  await takeDown(deps, state).catch((error: unknown) => {
    throw new Ep23Error(joined([errorMessage(cause), errorMessage(error)], '\n'), {
      code: 'INFRA_STOP_FAILED',
      exit: EXIT.unavailable,
      suggestions: [message('fixThenDown')],
      cause,
    })
  })
}

async function startAll(deps: InfraDeps, state: InfraState, {plans, attempts}: BringUpOptions): Promise<void> {
  const ordered = plans.toSorted((a, b) => INFRA_STEPS.indexOf(a.step) - INFRA_STEPS.indexOf(b.step))
  const titles = ordered.map(({step}) => step)
  await deps.progress.steps(titles, async ({step}) => {
    for (const plan of ordered)
      await step(plan.step, async report => {
        const running = await startRetried(deps, state, {plan, attempts, note: text => report.note(text)})
        report.note(maskCredentials(running.url))
      })
  })
}

interface Start {
  plan: StepPlan
  note: (text: Text) => void
}

async function startRetried(
  deps: InfraDeps,
  state: InfraState,
  {plan, note, attempts}: Start & {attempts: number},
): Promise<RunningStep> {
  return retried(() => startOne(deps, state, {plan, note}), {
    attempts,
    signal: deps.signal,
    onFailure(error, waitMs) {
      deps.logger.warn({stage: plan.step, err: error, wait_ms: waitMs}, 'a start failed and is tried again')
      note(message('nextTry', {seconds: numbersMessage((waitMs / 1000).toFixed(1))}))
    },
  })
}

async function startOne(deps: InfraDeps, state: InfraState, {plan, note}: Start): Promise<RunningStep> {
  const started = deps.clock.monotonic()
  const others = state.steps.filter(({step}) => step !== plan.step)
  const remember = async (running: RunningStep): Promise<void> => {
    state.steps = [...others, running]
    await deps.state.write(state)
  }
  const running = await deps.parts.start(plan, {
    token: state.token,
    running: others,
    signal: deps.signal,
    onProcess: remember,
    note,
  })
  await remember(running)
  const {status, duration} = deps.metrics.bind(infraMetrics)
  status.set({step: plan.step}, 1)
  duration.observe({step: plan.step}, deps.clock.monotonic() - started)
  return running
}

// A server may answer once and die while the later ones start.
async function assertAllAnswer(deps: InfraDeps, state: InfraState): Promise<void> {
  for (const running of state.steps) {
    const problem = await deps.parts.problem(running)
    if (problem === undefined) continue
    throw new Ep23Error(message('cameUpAndDown', {step: running.step, problem}), {
      code: 'INFRA_STEP_FAILED',
      exit: EXIT.unavailable,
      suggestions: [message('seeInfraLog')],
    })
  }
}
