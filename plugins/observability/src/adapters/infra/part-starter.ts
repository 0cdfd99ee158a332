import {spawn} from 'node:child_process'
import {once} from 'node:events'

import {Ep23Error, EXIT, maskCredentials, type Text} from '@ep23/sdk'

import {
  type MissingPart,
  type PartStarter,
  type StartContext,
  type RunningStep,
  type StepPlan,
} from '../../domain/infra.js'
import {missingForDocker, startDocker, stopDocker} from './docker-part.js'
import {hostProcesses, TOKEN_VARIABLE} from './host-processes.js'
import {probe, untilReady} from './probe.js'
import {startProcess, type ProcessPartOptions} from './process-part.js'
import {programs} from './programs.js'
import {message} from '../../words/words.js'

const POLL_MS = 200

/** Parts of all providers. */
export function createPartStarter(options: ProcessPartOptions): PartStarter {
  const problemAt = (step: StepPlan['step'], url: string): Promise<Text | undefined> =>
    probe(url, programs[step].readyPath ?? '', options.openStore)

  async function awaitAnswer({step, url = ''}: StepPlan, {signal}: StartContext): Promise<void> {
    const waiting = {seconds: options.readySeconds, pollMs: POLL_MS, signal}
    const problem = await untilReady(() => problemAt(step, url), waiting)
    if (problem === undefined) return
    throw new Ep23Error(message('doesNotAnswer', {step, url: maskCredentials(url), problem}), {
      code: 'INFRA_STEP_FAILED',
      exit: EXIT.unavailable,
      suggestions: [message('checkUrl', {step})],
    })
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
      const fix = message('startOrOther')
      return problem === undefined
        ? undefined
        : {step: plan.step, problem: message('silentAt', {url: maskCredentials(plan.url), problem}), fix}
    },
    async start(plan, context) {
      if (plan.provider === 'process') return startProcess(plan, context, options)
      if (plan.provider === 'docker') return startDocker(plan, context, options)
      if (plan.provider === 'command') return startCommand(plan, context)
      await awaitAnswer(plan, context)
      return {step: plan.step, provider: 'external', url: plan.url ?? ''}
    },
    async problem({step, url, process}) {
      if (process && !(await hostProcesses.isAlive(process))) return message('processEnded', {pid: process.pid})
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
  return program.find() === undefined ? {step, problem: message('noProgram'), fix: program.install} : undefined
}

function missingCommand(plan: StepPlan): MissingPart | undefined {
  const {step, upCommand} = plan
  if (upCommand === undefined)
    return {step, problem: message('noCommand'), fix: `--up-command ${step}='make my-${step}-up'`}
  return plan.url === undefined ? missingUrl(plan) : undefined
}

function missingUrl({step, provider}: StepPlan): MissingPart {
  return {step, problem: message('noAddress', {provider}), fix: `--url ${step}=…`}
}

/**
 * Runs a team's own shell command to its end, its output on stderr.
 * @throws INFRA_STEP_FAILED (69) with the exit code
 */
async function runCommand(step: string, command: string, options: {token?: string; signal?: AbortSignal} = {}) {
  const {token, signal} = options
  const child = spawn('/bin/sh', ['-c', command], {
    stdio: ['ignore', 2, 2],
    env: {...process.env, ...(token && {[TOKEN_VARIABLE]: token})},
  })
  const stop = (): void => void child.kill('SIGTERM')
  signal?.addEventListener('abort', stop)
  const [code, killedBy] = (await once(child, 'exit')) as [number | null, string | null]
  signal?.removeEventListener('abort', stop)
  signal?.throwIfAborted()
  if (code === 0) return
  throw new Ep23Error(message('commandFailed', {step, end: killedBy ?? `exit code ${code}`, command}), {
    code: 'INFRA_STEP_FAILED',
    exit: EXIT.unavailable,
    suggestions: [message('runByHand')],
  })
}
