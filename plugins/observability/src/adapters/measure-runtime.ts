import {spawn} from 'node:child_process'
import {mkdtemp, readdir, readFile, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import type {Service, SpanRecord, Store} from '@ep23/sdk'

import type {MeasuredRuntime} from '../domain/runtime-coverage.js'
import {message} from '../words/words.js'

/** How each runtime is started for a look at it. */
// For the command line one that may make a store: a command that only reads leaves no telemetry where there is none.
const COMMANDS: Readonly<Record<Service, readonly string[]>> = {
  'ep23-cli': ['observability:prune', '--log-level', 'debug'],
  'ep23-sidecar': ['observability:serve', '--port', '0', '--log-level', 'debug'],
  'ep23-mcp': ['observability:mcp', '--http', '0', '--log-level', 'debug'],
}

interface ProbeOptions {
  /** How ep23 itself is started. */
  program: readonly string[]
  env: Readonly<Record<string, string | undefined>>
  openStore: (location: string) => Store
  signal: AbortSignal
}

/** Runs the runtime over a store and logs of its own, and reads what it has left there and shown on /metrics. */
export async function measureRuntime(service: Service, options: ProbeOptions): Promise<MeasuredRuntime> {
  const folder = await mkdtemp(join(tmpdir(), 'ep23-policy-'))
  try {
    return await measureIn(folder, service, options)
  } finally {
    await rm(folder, {recursive: true, force: true})
  }
}

async function measureIn(folder: string, service: Service, options: ProbeOptions): Promise<MeasuredRuntime> {
  const places = {EP23_STORE: join(folder, 'store.sqlite'), EP23_LOG_DIR: join(folder, 'logs')}
  // Where it serves is read off what it tells people.
  const env = {...options.env, ...places, EP23_LANG: 'en'}
  const shown = new Set<string>()
  const store = options.openStore(places.EP23_STORE)
  try {
    // The command line's own probe makes none.
    await store.ping()
    const {code, stderr} = await runProcess({
      command: [...options.program, ...COMMANDS[service]],
      env,
      cwd: folder,
      signal: options.signal,
      whenServing: async url => (await metricsShownAt(url)).forEach(name => shown.add(name)),
    })
    const lines = await logLines(places.EP23_LOG_DIR, service)
    return {
      service,
      ...(code !== 0 && {
        failure: message('runtimeEnded', {code: String(code), said: stderr.trim().split('\n')[0] ?? ''}),
      }),
      metrics: service === 'ep23-cli' ? await metricsRecorded(store, service) : shown,
      logLines: lines.length,
      logFields: commonFields(lines),
      spans: await spanNames(store, service),
    }
  } finally {
    await store.dispose()
  }
}

async function metricsShownAt(url: string): Promise<string[]> {
  const text = await (await fetch(new URL('/metrics', url))).text()
  return [...text.matchAll(/^# TYPE (?<name>\S+) /gmu)].map(match => match.groups?.['name'] ?? '')
}

async function metricsRecorded(store: Store, service: Service): Promise<Set<string>> {
  const names = new Set<string>()
  const shares = store.collection<{samples: readonly {name: string}[]}>('ep23_metrics').find({service})
  for await (const {samples} of shares) for (const {name} of samples) names.add(name)
  return names
}

async function spanNames(store: Store, service: Service): Promise<Set<string>> {
  const names = await store.collection<SpanRecord>('ep23_spans').countBy({service}, 'name')
  return new Set(names.keys())
}

async function logLines(folder: string, service: Service): Promise<object[]> {
  const files = await readdir(folder).catch(() => [])
  const texts = await Promise.all(
    files.filter(file => file.startsWith(`${service}-`)).map(async file => readFile(join(folder, file), 'utf8')),
  )
  return texts.flatMap(text => text.trimEnd().split('\n')).map(line => JSON.parse(line) as object)
}

function commonFields(lines: readonly object[]): Set<string> {
  const [first = {}, ...others] = lines
  return new Set(Object.keys(first).filter(field => others.every(line => Object.hasOwn(line, field))))
}

interface ProcessOptions {
  /** The program and its arguments. */
  command: readonly string[]
  env: Readonly<Record<string, string | undefined>>
  cwd: string
  signal: AbortSignal
  /** Called when the process says that it serves; when this resolves, the process is ended by SIGTERM. */
  whenServing?: (url: string) => Promise<void>
}

const LONGEST_MS = 30_000

/** Runs a process to its end, a server until it has been looked at; killed when it takes longer than 30 seconds. */
async function runProcess(options: ProcessOptions): Promise<{code: number | null; stderr: string}> {
  const [program = '', ...args] = options.command
  const {env, cwd, signal, whenServing} = options
  const child = spawn(program, args, {env, cwd, stdio: ['ignore', 'ignore', 'pipe']})
  const tooLong = setTimeout(() => child.kill('SIGKILL'), LONGEST_MS)
  const kill = (): void => void child.kill('SIGKILL')
  signal.addEventListener('abort', kill)
  const ended = Promise.withResolvers<number | null>()
  child.once('error', ended.reject)
  child.once('close', ended.resolve)
  let stderr = ''
  let served: Promise<void> | undefined
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk
    const url = /Serving on (?<url>http\S+)\n/u.exec(stderr)?.groups?.['url']
    if (url && whenServing) served ??= whenServing(url).finally(() => child.kill('SIGTERM'))
    served?.catch(() => undefined)
  })
  try {
    const code = await ended.promise
    await served
    return {code, stderr}
  } finally {
    clearTimeout(tooLong)
    signal.removeEventListener('abort', kill)
  }
}
