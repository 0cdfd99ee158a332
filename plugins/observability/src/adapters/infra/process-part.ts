import {execFileSync, spawn, type ChildProcess} from 'node:child_process'
import {closeSync, openSync, readFileSync, rmSync} from 'node:fs'
import {mkdir, writeFile} from 'node:fs/promises'
import {join} from 'node:path'

import {Ep23Error, EXIT, type Message} from '@ep23/sdk'

import type {StartContext, RunningStep, StepPlan, ProcessIdentity} from '../../domain/infra.js'
import {hostProcesses, identify, TOKEN_VARIABLE} from './host-processes.js'
import {freePort, assertFreePort} from './ports.js'
import {probe, untilReady, type OpenStore} from './probe.js'
import {programs, type Launch, type ScrapeOptions} from './programs.js'
import {message} from '../../words/words.js'

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
  if (wantedPort !== undefined) await assertFreePort(step, wantedPort)
  const port = wantedPort ?? (await freePort())
  const folder = join(options.folder, step)
  const program = programs[step]
  const path = program.find()
  if (path === undefined)
    throw new Ep23Error(message('notInstalled', {step}), {code: 'INFRA_MISSING', exit: EXIT.unavailable})
  const place = {port, folder, running: context.running, scrape: options.scrape}
  const launched = await launchServer(program.launch(path, place), folder, context.token)
  const running: RunningStep = {step, provider: 'process', url: program.url(port), port, process: launched.identity}
  try {
    await context.onProcess(running)
    context.note(message('pidAndPort', {pid: launched.identity.pid, port}))
    await awaitServer(running, launched, {...options, signal: context.signal})
    return running
  } catch (error) {
    await hostProcesses.stop(launched.identity)
    throw error
  }
}

async function awaitServer(
  {step, url}: RunningStep,
  {child, log}: Launched,
  {readySeconds, openStore, signal}: ProcessPartOptions & {signal: AbortSignal},
): Promise<void> {
  const {readyPath = ''} = programs[step]
  const check = (): void => {
    if (child.exitCode !== null || child.signalCode !== null)
      throw failed(step, message('itEnded', {how: child.signalCode ?? `exit code ${child.exitCode}`}), log)
  }
  const waiting = {seconds: readySeconds, pollMs: POLL_MS, signal, check}
  const problem = await untilReady(() => probe(url, readyPath, openStore), waiting)
  if (problem !== undefined) throw failed(step, message('notReady', {seconds: readySeconds, problem}), log)
}

function failed(step: string, reason: Message, log: string): Ep23Error {
  const tail = logTail(log)
  return new Ep23Error(message('didNotComeUp', {step, reason, log: tail ? `\n${tail}` : ''}), {
    code: 'INFRA_STEP_FAILED',
    exit: EXIT.unavailable,
    suggestions: [message('readLog', {log}), message('seeMissing')],
  })
}

interface Launched {
  child: ChildProcess
  identity: ProcessIdentity
  log: string
}

/**
 * Starts a server that outlives this process: a session of its own (Ctrl-C at the terminal does not reach it), output
 * to `server.log` in its folder, and the stack's token in its environment.
 */
async function launchServer({program, args, files = {}}: Launch, folder: string, token: string): Promise<Launched> {
  await mkdir(folder, {recursive: true})
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
  const log = join(folder, 'server.log')
  const output = openSync(log, 'w', 0o600)
  const input = openNeverEnding(join(folder, 'stdin'))
  try {
    const env = {...process.env, [TOKEN_VARIABLE]: token}
    const child = spawn(program, args, {detached: true, cwd: folder, env, stdio: [input, output, output]})
    const identity = await identityOf(child, program)
    child.unref()
    return {child, identity, log}
  } finally {
    closeSync(output)
    closeSync(input)
  }
}

/** The last lines of a log, for an error message. */
function logTail(log: string): string {
  return readFileSync(log, 'utf8').trimEnd().split('\n').slice(-5).join('\n')
}

// Some servers (FerretDB as built here) end with their input. A pipe with a name, which the server itself holds open for
// writing too, never ends.
function openNeverEnding(path: string): number {
  rmSync(path, {force: true})
  execFileSync('mkfifo', ['-m', '600', path])
  return openSync(path, 'r+')
}

function identityOf(child: ChildProcess, program: string): Promise<ProcessIdentity> {
  return new Promise((resolve, reject) => {
    const fail = (cause?: unknown): void =>
      reject(
        new Ep23Error(message('cannotStart', {program}), {code: 'INFRA_STEP_FAILED', exit: EXIT.unavailable, cause}),
      )
    child.once('error', fail)
    child.once('spawn', () => {
      const {pid} = child
      if (pid === undefined) return fail()
      identify(pid).then(identity => (identity ? resolve(identity) : fail(message('endedAtOnce'))), fail)
    })
  })
}
