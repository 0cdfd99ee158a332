import {spawn} from 'node:child_process'
import {createHash} from 'node:crypto'
import {once} from 'node:events'
import {mkdir, writeFile} from 'node:fs/promises'
import {hostname} from 'node:os'
import {join, relative} from 'node:path'
import {fileURLToPath} from 'node:url'

import {Ep23Error, EXIT, type Message} from '@ep23/sdk'

import type {MissingPart, StartContext, RunningStep, InfraStep, StepPlan} from '../../domain/infra.js'
import {TOKEN_VARIABLE} from './host-processes.js'
import {freePort, assertFreePort} from './ports.js'
import {probe, untilReady} from './probe.js'
import type {ProcessPartOptions} from './process-part.js'
import {programs, type ScrapeOptions} from './programs.js'
import {message} from '../../words/words.js'

const POLL_MS = 200

/** What cannot be started in a container: no engine, or a file that the container would not see. */
export async function missingForDocker(step: InfraStep, scrape: ScrapeOptions): Promise<MissingPart | undefined> {
  const outside = configuredFiles(step, scrape).find(file => isOutside(file))
  if (outside !== undefined)
    return {
      step,
      problem: message('outsideFolder', {file: outside, cwd: process.cwd()}),
      fix: message('runInside'),
    }
  const missing = await missingEngine()
  return missing && {step, ...missing}
}

/**
 * Starts one service of the shipped compose file on a loopback port and waits until it answers.
 * @throws INFRA_PORT_TAKEN, INFRA_STEP_FAILED (69), INTERRUPTED (130)
 */
export async function startDocker(
  {step, port: wantedPort}: StepPlan,
  context: StartContext,
  options: ProcessPartOptions,
): Promise<RunningStep> {
  if (wantedPort !== undefined) await assertFreePort(step, wantedPort)
  const port = wantedPort ?? (await freePort())
  const project = projectOf(options.folder)
  const running: RunningStep = {step, provider: 'docker', url: programs[step].url(port), port, compose_project: project}
  const env = await prepare(step, {port, context, options})
  // Known before it exists, so that a run killed in between is tidied up.
  await context.onProcess(running)
  context.note(message('containerOnPort', {port}))
  const {token, signal} = context
  const up = await compose(project, ['up', '--detach', '--force-recreate', step], {env, token, signal})
  signal.throwIfAborted()
  if (!up.ok) throw failed(step, message('composeFailed', {problem: lastLine(up.output)}))
  await awaitContainer(running, {...options, project, signal})
  return running
}

/** Removes the service's container; its volumes stay, as the data of a process do. */
export async function stopDocker({step, compose_project: project = ''}: RunningStep): Promise<void> {
  const {ok, output} = await compose(project, ['rm', '--stop', '--force', step])
  if (!ok) throw failed(step, message('notRemoved', {problem: lastLine(output)}))
}

/** The same for a stack at each call, and another one for each stack and machine, also when they share an engine. */
function projectOf(folder: string): string {
  return `ep23-${createHash('sha256').update(`${hostname()}\0${folder}`).digest('hex').slice(0, 12)}`
}

interface Place {
  port: number
  context: StartContext
  options: ProcessPartOptions
}

/** Writes the part's configuration; gives what the compose file leaves open. */
async function prepare(step: InfraStep, {port, context, options}: Place): Promise<Record<string, string>> {
  const folder = join(options.folder, step)
  await mkdir(folder, {recursive: true})
  const {running} = context
  const {files = {}} = programs[step].launch('', {port, folder, running, scrape: options.scrape})
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
  const config = ownConfig(step, options.scrape) ?? Object.keys(files).map(name => join(folder, name))[0]
  return {
    EP23_COMPOSE_PORT: String(port),
    EP23_COMPOSE_ROOT: process.cwd(),
    EP23_COMPOSE_FOLDER: options.folder,
    ...(config !== undefined && {EP23_COMPOSE_CONFIG: config}),
  }
}

function ownConfig(step: InfraStep, {prometheusConfig, alertmanagerConfig}: ScrapeOptions): string | undefined {
  if (step === 'prometheus') return prometheusConfig
  return step === 'alertmanager' ? alertmanagerConfig : undefined
}

function configuredFiles(step: InfraStep, scrape: ScrapeOptions): string[] {
  const own = ownConfig(step, scrape)
  return [...(own === undefined ? [] : [own]), ...(step === 'prometheus' ? scrape.rules : [])]
}

function isOutside(file: string): boolean {
  return relative(process.cwd(), file).startsWith('..')
}

async function awaitContainer(
  {step, url}: RunningStep,
  {project, readySeconds, openStore, signal}: ProcessPartOptions & {project: string; signal: AbortSignal},
): Promise<void> {
  const check = async (): Promise<void> => {
    const {output: up} = await compose(project, ['ps', '--quiet', '--status', 'running', step], {signal})
    signal.throwIfAborted()
    if (up.trim() === '') throw failed(step, message('containerEnded', {words: await lastWords(project, step)}))
  }
  const {readyPath = ''} = programs[step]
  const waiting = {seconds: readySeconds, pollMs: POLL_MS, signal, check}
  const problem = await untilReady(() => probe(url, readyPath, openStore), waiting)
  if (problem !== undefined)
    throw failed(step, message('notReadyBut', {seconds: readySeconds, problem, words: await lastWords(project, step)}))
}

async function lastWords(project: string, step: InfraStep): Promise<string> {
  const {output} = await compose(project, ['logs', '--no-color', '--no-log-prefix', '--tail', '5', step])
  return output.trim() === '' ? '' : `\n${output.trimEnd()}`
}

function failed(step: string, reason: Message): Ep23Error {
  return new Ep23Error(message('dockerFailed', {step, reason}), {
    code: 'INFRA_STEP_FAILED',
    exit: EXIT.unavailable,
    suggestions: [message('seeDockerMissing')],
  })
}

const COMPOSE_FILE = fileURLToPath(new URL('../../../compose.yaml', import.meta.url))
const LONGEST_OUTPUT = 4000

/** How a call of docker ended. */
interface DockerAnswer {
  ok: boolean
  /** The end of what it wrote to both outputs. */
  output: string
}

interface DockerCall {
  env?: Readonly<Record<string, string>>
  /** Marks the call as part of a stack, so that one that a SIGKILL has orphaned is found. */
  token?: string
  signal?: AbortSignal
}

/** One stack's services in the shipped compose file. */
async function compose(project: string, args: readonly string[], call: DockerCall = {}): Promise<DockerAnswer> {
  return docker(['compose', '--ansi', 'never', '--project-name', project, '--file', COMPOSE_FILE, ...args], call)
}

/** Undefined when an engine answers and compose is there, else what is missing and what to do. */
async function missingEngine(): Promise<{problem: Message; fix: Message} | undefined> {
  const engine = await docker(['version', '--format', '{{.Server.Version}}'])
  if (!engine.ok)
    return {
      problem: message('noEngine', {problem: lastLine(engine.output)}),
      fix: message('startEngine'),
    }
  const version = await docker(['compose', 'version'])
  return version.ok ? undefined : {problem: message('noCompose'), fix: message('installCompose')}
}

/** The last line with words in it. */
function lastLine(output: string): string {
  return output.trimEnd().split('\n').at(-1)?.trim() ?? ''
}

/** Runs docker to its end; its output is kept, because it draws on terminals. */
async function docker(args: readonly string[], {env, token, signal}: DockerCall = {}): Promise<DockerAnswer> {
  const child = spawn('docker', args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {...process.env, ...env, ...(token && {[TOKEN_VARIABLE]: token})},
    // Ctrl-C at the terminal reaches it through the signal below, once.
    detached: true,
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output = (output + text).slice(-LONGEST_OUTPUT)))
  const stop = (): void => void child.kill('SIGTERM')
  signal?.addEventListener('abort', stop)
  try {
    const [code] = (await once(child, 'close')) as [number | null]
    return {ok: code === 0, output}
  } catch (error) {
    return {
      ok: false,
      output: (error as NodeJS.ErrnoException).code === 'ENOENT' ? message('noDocker').english : String(error),
    }
  } finally {
    signal?.removeEventListener('abort', stop)
  }
}
