import {join} from 'node:path'
import {setTimeout as delay} from 'node:timers/promises'

import {Ep23Error, EXIT} from '@ep23/sdk'

import type {StartContext} from '../../domain/infra-ports.js'
import type {RunningStep} from '../../domain/infra-state.js'
import type {StepPlan} from '../../domain/infra-step.js'
import {hostProcesses} from './host-processes.js'
import {launchServer, logTail, type Launched} from './launch-server.js'
import {freePort, refuseTakenPort} from './ports.js'
import {probe, type OpenStore} from './probe.js'
import {programs} from './programs.js'
import type {ScrapeOptions} from './server-configs.js'

export interface ProcessPartOptions {
  /** Each server gets a folder in it. */
  folder: string
  readySeconds: number
  scrape: ScrapeOptions
  openStore: OpenStore
}

const POLL_MS = 50

/**
 * Starts one server on a loopback port and waits until it answers; a server that does not is ended again.
 * @throws INFRA_PORT_TAKEN, INFRA_STEP_FAILED (69), INTERRUPTED (130)
 */
export async function startProcess(
  {step, port: wantedPort}: StepPlan,
  context: StartContext,
  options: ProcessPartOptions,
): Promise<RunningStep> {
  if (wantedPort !== undefined) await refuseTakenPort(step, wantedPort)
  const port = wantedPort ?? (await freePort())
  const folder = join(options.folder, step)
  const program = programs[step]
  const path = program.find()
  if (path === undefined)
    throw new Ep23Error(`${step} is not installed`, {code: 'INFRA_MISSING', exit: EXIT.unavailable})
  const place = {port, folder, running: context.running, scrape: options.scrape}
  const launched = await launchServer(program.launch(path, place), folder, context.token)
  const running: RunningStep = {step, provider: 'process', url: program.url(port), port, process: launched.identity}
  try {
    await context.onProcess(running)
    context.note(`pid ${launched.identity.pid}, port ${port}`)
    await untilReady(running, launched, {...options, signal: context.signal})
    return running
  } catch (error) {
    await hostProcesses.stop(launched.identity)
    throw error
  }
}

async function untilReady(
  {step, url}: RunningStep,
  {child, log}: Launched,
  {readySeconds, openStore, signal}: ProcessPartOptions & {signal: AbortSignal},
): Promise<void> {
  const deadline = performance.now() + readySeconds * 1000
  const {readyPath = ''} = programs[step]
  for (;;) {
    signal.throwIfAborted()
    if (child.exitCode !== null || child.signalCode !== null)
      throw failed(step, `it ended with ${child.signalCode ?? `exit code ${child.exitCode}`}`, log)
    const problem = await probe(url, readyPath, openStore)
    if (problem === undefined) return
    if (performance.now() > deadline) throw failed(step, `not ready after ${readySeconds} s (${problem})`, log)
    await delay(POLL_MS, undefined, {signal}).catch(() => signal.throwIfAborted())
  }
}

function failed(step: string, reason: string, log: string): Ep23Error {
  const tail = logTail(log)
  return new Ep23Error(`${step} did not come up: ${reason}${tail ? `\n${tail}` : ''}`, {
    code: 'INFRA_STEP_FAILED',
    exit: EXIT.unavailable,
    suggestions: [`read ${log}`, `see what is missing with ep23 infra:check`],
  })
}
