import {setTimeout as delay} from 'node:timers/promises'

import {Ep23Error, EXIT} from '@ep23/sdk'

import type {MissingPart, PartStarter, StartContext} from '../../domain/infra-ports.js'
import {maskPassword, type RunningStep} from '../../domain/infra-state.js'
import type {StepPlan} from '../../domain/infra-step.js'
import {runCommand} from './command-part.js'
import {missingForDocker, startDocker, stopDocker} from './docker-part.js'
import {hostProcesses} from './host-processes.js'
import {probe} from './probe.js'
import {startProcess, type ProcessPartOptions} from './process-part.js'
import {programs} from './programs.js'

const POLL_MS = 200

/** Parts of all providers. */
export function createPartStarter(options: ProcessPartOptions): PartStarter {
  const problemAt = (step: StepPlan['step'], url: string): Promise<string | undefined> =>
    probe(url, programs[step].readyPath ?? '', options.openStore)

  async function awaitAnswer({step, url = ''}: StepPlan, {signal}: StartContext): Promise<void> {
    const deadline = performance.now() + options.readySeconds * 1000
    for (;;) {
      const problem = await problemAt(step, url)
      if (problem === undefined) return
      if (performance.now() > deadline)
        throw new Ep23Error(`${step} does not answer at ${maskPassword(url)}: ${problem}`, {
          code: 'INFRA_STEP_FAILED',
          exit: EXIT.unavailable,
          suggestions: [`check --url ${step}=…`],
        })
      await delay(POLL_MS, undefined, {signal}).catch(() => signal.throwIfAborted())
    }
  }

  async function startCommand(plan: StepPlan, context: StartContext): Promise<RunningStep> {
    const {step, url = '', upCommand = '', downCommand} = plan
    const running: RunningStep = {step, provider: 'command', url, ...(downCommand && {down_command: downCommand})}
    await context.onProcess(running)
    await runCommand(step, upCommand, context)
    await awaitAnswer(plan, context)
    return running
  }

  return {
    async missing(plan) {
      if (plan.provider === 'process') return missingProgram(plan)
      if (plan.provider === 'docker') return missingForDocker(plan.step, options.scrape)
      if (plan.provider === 'command') return missingCommand(plan)
      if (plan.url === undefined) return missingUrl(plan)
      const problem = await problemAt(plan.step, plan.url)
      const fix = 'start it, or use another provider'
      return problem === undefined
        ? undefined
        : {step: plan.step, problem: `${maskPassword(plan.url)} does not answer (${problem})`, fix}
    },
    async start(plan, context) {
      if (plan.provider === 'process') return startProcess(plan, context, options)
      if (plan.provider === 'docker') return startDocker(plan, context, options)
      if (plan.provider === 'command') return startCommand(plan, context)
      await awaitAnswer(plan, context)
      return {step: plan.step, provider: 'external', url: plan.url ?? ''}
    },
    async problem({step, url, process}) {
      if (process && !(await hostProcesses.isAlive(process))) return `process ${process.pid} has ended`
      return problemAt(step, url)
    },
    async stop(running) {
      if (running.provider === 'docker') await stopDocker(running)
      if (running.down_command !== undefined) await runCommand(running.step, running.down_command)
    },
  }
}

function missingProgram({step}: StepPlan): MissingPart | undefined {
  const program = programs[step]
  return program.find() === undefined
    ? {step, problem: 'no program for it on this host', fix: program.install}
    : undefined
}

function missingCommand(plan: StepPlan): MissingPart | undefined {
  const {step, upCommand} = plan
  if (upCommand === undefined)
    return {step, problem: 'the provider command has no command', fix: `--up-command ${step}='make my-${step}-up'`}
  return plan.url === undefined ? missingUrl(plan) : undefined
}

function missingUrl({step, provider}: StepPlan): MissingPart {
  return {step, problem: `the provider ${provider} has no address`, fix: `--url ${step}=…`}
}
