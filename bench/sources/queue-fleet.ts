import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {setTimeout as delay} from 'node:timers/promises'
import {parseArgs} from 'node:util'

import {sampleOf} from '../../plugins/benchmark/test/sample/samples.ts'
import {debianProgram} from '../../test/helpers/debian-program.ts'
import {type RedisProcess, startRedis} from '../../test/helpers/redis-server.ts'
import {type Ended, runEp23, temporaryFolder} from '../../test/helpers/run-ep23.ts'
import {type ThrottledModel, throttledModel} from './throttled-model.ts'

/** A stand-in that answers at once as many as come. */
export const UNTHROTTLED = 100_000

/** The flags of a bench, each a number; what is not given is as the bench has it. */
export function numbersFrom<Name extends string>(defaults: Record<Name, number>): Record<Name, number> {
  const options = Object.fromEntries(Object.keys(defaults).map(name => [name, {type: 'string' as const}]))
  const given = Object.entries(parseArgs({options}).values).map(([name, text]) => [name, Number(text)])
  return {...defaults, ...(Object.fromEntries(given) as Record<Name, number>)}
}

/** A fleet without a throttle, in a folder of its own, as long as the body needs it. */
export async function withFleet(latencyMs: number, body: (fleet: Fleet) => Promise<void>): Promise<void> {
  const folder = temporaryFolder()
  const fleet = await Fleet.open(folder.path, {rate: UNTHROTTLED, latencyMs})
  try {
    await body(fleet)
  } finally {
    await fleet.close()
    folder.remove()
  }
}

export interface FleetOptions {
  workers: number
  /** Questions at once, of each worker. */
  concurrency: number
  /** Samples, of a dataset that was written, which the workers answer first: what is measured is no loading of programs. */
  warmUp?: number
  /** Seconds between two kills of two workers; none without. */
  killEvery?: number
  /** Takes Redis away once, so long after the first questions. */
  restartAfter?: number
  /** For the run. */
  flags?: readonly string[]
}

export interface FleetRun {
  /** From the first question that the stand-in got to its last answer. */
  seconds: number
  /** Seconds a question, the median over the later two thirds: all are up, nobody is opening judges any more, and a hiccup of the machine counts once. */
  pace: number
  kills: number
  /** Mean milliseconds by which the stand-in's answers were late: a wait that takes no processor, on this machine now. */
  lateMs: number
  ended: Ended
  /** Requests by sample. */
  asked: Map<string, number>
}

/** Redis, a stand-in for the model server, and runs of the command line against them. */
class Fleet {
  readonly #workers = new Set<{pid: number; ended: Promise<Ended>}>()
  #runs = 0

  private readonly folder: string
  private readonly redis: RedisProcess
  readonly model: ThrottledModel

  private constructor(folder: string, redis: RedisProcess, model: ThrottledModel) {
    this.folder = folder
    this.redis = redis
    this.model = model
  }

  static async open(folder: string, {rate, latencyMs}: {rate: number; latencyMs: number}): Promise<Fleet> {
    const program = debianProgram({skip: () => process.exit(69)} as unknown as Mocha.Context, 'redis-server')
    return new Fleet(folder, await startRedis(program, {folder}), await throttledModel(rate, latencyMs))
  }

  async close(): Promise<void> {
    await this.#endWorkers('SIGKILL')
    await this.redis.kill()
    await this.model.close()
  }

  /** The dataset of a run; every sample has a number that the stand-in knows it by. */
  writeSamples(count: number): void {
    const lines = Array.from({length: count}, (_, number) => {
      const source_text = `Учёные открыли комету номер ${number} за орбитой Юпитера.\n\nМэрия отремонтирует ${number + 3} станций.`
      return `${JSON.stringify(sampleOf(number, {source_text, summary_markdown: '- Учёные открыли комету за орбитой Юпитера.'}))}\n`
    })
    writeFileSync(join(this.folder, `${count}.jsonl`), lines.join(''))
  }

  /** @returns the ended run of this process alone */
  local(samples: number, flags: readonly string[] = []): Promise<Ended> {
    return this.#run(samples, 'local', flags)
  }

  /** So many questions from this process alone, so many at once, with no ep23 between: what waits and throttle take on this machine now. */
  async waits(samples: number, atOnce: number): Promise<number> {
    const started = performance.now()
    let next = 0
    const ask = async (): Promise<void> => {
      while (next < samples) {
        const body = `комету номер ${next++}`
        await (await fetch(`${this.model.url}/chat/completions`, {method: 'POST', body})).text()
      }
    }
    await Promise.all(Array.from({length: atOnce}, ask))
    return (performance.now() - started) / 1000
  }

  async queued(samples: number, options: FleetOptions): Promise<FleetRun> {
    await Promise.all(Array.from({length: options.workers}, () => this.#startWorker(options)))
    await this.#warm(options)
    this.model.takeAsked()
    this.model.takeLateness()
    const first = this.model.times.length
    let isOver = false
    const running = this.#queuedRun(samples, options)
    void running.then(() => (isOver = true))
    while (this.model.times.length === first) await delay(5)
    const killing = this.#kill(options, () => isOver)
    const restarting = this.#restart(options)
    const ended = await running
    const times = this.model.times.slice(first)
    const seconds = (this.model.answeredAt() - (times[0] ?? 0)) / 1000
    const pace = paceOf(times.slice(Math.floor(times.length / 3)), options.workers * options.concurrency)
    const asked = this.model.takeAsked()
    await restarting
    const kills = await killing
    await this.#endWorkers('SIGTERM')
    const late = this.model.takeLateness()
    const lateMs = late.reduce((sum, ms) => sum + ms, 0) / Math.max(1, late.length)
    return {seconds, pace, kills, lateMs, ended, asked}
  }

  async #warm(options: FleetOptions): Promise<void> {
    if (options.warmUp !== undefined) await this.#queuedRun(options.warmUp, {...options, flags: ['--seed', '1']})
  }

  #queuedRun(samples: number, {workers, concurrency, flags = []}: FleetOptions): Promise<Ended> {
    const queue = ['--queue', this.redis.url, '--concurrency', String(workers * concurrency)]
    return this.#run(samples, `queued-${++this.#runs}`, [...queue, ...flags])
  }

  output(name: string): string {
    return join(this.folder, name, 'samples.jsonl')
  }

  #run(samples: number, output: string, flags: readonly string[]): Promise<Ended> {
    const judge = ['-s', 'channel_digest_ru', '-j', 'llm', '--model', 'stand-in', '--allow-undecided', '--json', '-q']
    return this.#ep23([
      'benchmark:run',
      ...judge,
      '-d',
      `${samples}.jsonl`,
      '-o',
      output,
      '--store',
      `${output}.sqlite`,
      ...flags,
    ])
  }

  async #startWorker({concurrency}: FleetOptions): Promise<void> {
    const {promise, resolve} = Promise.withResolvers<void>()
    let pid = 0
    const flags = ['--queue', this.redis.url, '--concurrency', String(concurrency), '--store', 'workers.sqlite', '-q']
    const ended = this.#ep23(
      ['benchmark:work', ...flags],
      started => (pid = started),
      text => text.includes('Working on') && resolve(),
    )
    const worker = {pid, ended}
    this.#workers.add(worker)
    void ended.then(() => (this.#workers.delete(worker), resolve()))
    await promise
  }

  /** Two at a time, each with a new one in its place. */
  async #kill(options: FleetOptions, isOver: () => boolean): Promise<number> {
    let kills = 0
    while (options.killEvery !== undefined) {
      await delay(options.killEvery * 1000)
      if (isOver()) break
      const victims = [...this.#workers].slice(0, 2)
      for (const {pid} of victims) process.kill(pid, 'SIGKILL')
      kills += victims.length
      await Promise.all(victims.map(() => this.#startWorker(options)))
    }
    return kills
  }

  async #restart({restartAfter}: FleetOptions): Promise<void> {
    if (restartAfter === undefined) return
    await delay(restartAfter * 1000)
    await this.redis.kill()
    await this.redis.start()
  }

  async #endWorkers(signal: NodeJS.Signals): Promise<void> {
    const all = [...this.#workers]
    for (const {pid} of all) process.kill(pid, signal)
    await Promise.all(all.map(({ended}) => ended))
  }

  #ep23(args: string[], onStart?: (pid: number) => void, onStderr?: (text: string) => void): Promise<Ended> {
    return runEp23(args, {
      cwd: this.folder,
      env: {LLM_URL: this.model.url, EP23_LANG: 'en'},
      ...(onStart && {onStart}),
      ...(onStderr && {onStderr}),
    })
  }
}

/** A round is from one question to the one that takes its place. */
function paceOf(times: readonly number[], atOnce: number): number {
  const rounds = times.slice(atOnce).map((time, n) => time - (times[n] ?? 0))
  return (rounds.toSorted((a, b) => a - b)[Math.floor(rounds.length / 2)] ?? 0) / 1000 / atOnce
}
