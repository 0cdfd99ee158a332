import {readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

import type {SampleLine} from '../../plugins/benchmark/dist/domain/sample-line.js'
import {
  type Behaviour,
  type FakeModelServer,
  fakeModelServer,
} from '../../plugins/benchmark/test/sample/fake-model-server.ts'
import {samplesOf} from '../../plugins/benchmark/test/sample/samples.ts'
import {debianProgram} from './debian-program.ts'
import {type RedisProcess, startRedis} from './redis-server.ts'
import {type Ended, runEp23, temporaryFolder} from './run-ep23.ts'

export interface StartedWorker {
  pid: number
  ended: Promise<Ended>
}

interface Watching {
  onStart?: (pid: number) => void
  onStderr?: (text: string) => void
}

const JUDGED = [
  '-s',
  'channel_digest_ru',
  '-j',
  'llm',
  '--model',
  'm',
  '-d',
  'data.jsonl',
  '--allow-undecided',
  '--json',
]

/** Debian's Redis, a stand-in for a model server, and runs and workers of the command line between them, in one folder. */
export class QueueCrew {
  readonly folder: string
  readonly redis: RedisProcess
  readonly server: FakeModelServer
  readonly #workers = new Set<StartedWorker>()
  readonly #remove: () => void
  #seed = 1000

  private constructor(
    {path, remove}: ReturnType<typeof temporaryFolder>,
    redis: RedisProcess,
    server: FakeModelServer,
  ) {
    this.folder = path
    this.redis = redis
    this.server = server
    this.#remove = remove
  }

  /** With a dataset of so many samples. The suite of the calling hook is skipped where there is no redis-server. */
  static async open(
    hook: Mocha.Context,
    behave: Behaviour,
    {samples, password}: {samples: number; password?: string},
  ): Promise<QueueCrew> {
    const program = debianProgram(hook, 'redis-server')
    const folder = temporaryFolder()
    const redis = await startRedis(program, {folder: folder.path, ...(password !== undefined && {password})})
    const lines = samplesOf(samples).map(sample => `${JSON.stringify(sample)}\n`)
    writeFileSync(join(folder.path, 'data.jsonl'), lines.join(''))
    return new QueueCrew(folder, redis, await fakeModelServer(behave))
  }

  async close(): Promise<void> {
    await this.endWorkers('SIGKILL')
    await this.server.close()
    await this.redis.kill()
    this.#remove()
  }

  /** In its folder, with the queue and the model server in its environment; a run has to name the queue, as it is a local one without. */
  ep23(args: string[], watching: Watching = {}): Promise<Ended> {
    const env = {
      ...{LLM_URL: this.server.url, EP23_LANG: 'en', EP23_LOG_LEVEL: 'debug'},
      ...(args[0] !== 'benchmark:run' && {EP23_QUEUE: this.redis.url}),
    }
    return runEp23(args, {cwd: this.folder, env, ...watching})
  }

  run(output: string, ...flags: string[]): Promise<Ended> {
    return this.ep23(['benchmark:run', ...JUDGED, '--output', output, ...flags])
  }

  /** Of 16 questions at once, unless the flags say otherwise. */
  queuedRun(output: string, ...flags: string[]): Promise<Ended> {
    const concurrency = flags.includes('--concurrency') ? [] : ['--concurrency', '16']
    return this.run(output, '--queue', this.redis.url, ...concurrency, ...flags)
  }

  /** A run whose questions nobody has asked before has a seed of its own. */
  newSeed(): string[] {
    return ['--seed', String((this.#seed += 1000))]
  }

  /** Resolves when it takes questions. */
  async startWorker(...flags: string[]): Promise<StartedWorker> {
    const ready = Promise.withResolvers<void>()
    let pid = 0
    const ended = this.ep23(['benchmark:work', '--json', ...flags], {
      onStart: started => (pid = started),
      onStderr: text => text.includes('Working on') && ready.resolve(),
    })
    const worker = {pid, ended}
    this.#workers.add(worker)
    void ended.then(({stderr}) => (this.#workers.delete(worker), ready.reject(new Error(`ended early: ${stderr}`))))
    await ready.promise
    return worker
  }

  startWorkers(count: number, ...flags: string[]): Promise<StartedWorker[]> {
    return Promise.all(Array.from({length: count}, () => this.startWorker(...flags)))
  }

  /** Whoever still works; with SIGTERM as an operator does, so that traces and metrics are written. */
  async endWorkers(signal: NodeJS.Signals): Promise<Ended[]> {
    const all = [...this.#workers]
    for (const {pid} of all) process.kill(pid, signal)
    return Promise.all(all.map(({ended}) => ended))
  }

  linesOf(output: string): SampleLine[] {
    const text = readFileSync(join(this.folder, output, 'samples.jsonl'), 'utf8')
    return text
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as SampleLine)
  }
}

/** What `--json` told. */
export function dataOf({stdout}: Ended): Record<string, unknown> {
  return (JSON.parse(stdout) as {data: Record<string, unknown>}).data
}
