import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {setTimeout as pause} from 'node:timers/promises'

export interface Prometheus {
  /** The values of an instant query, one per series. */
  query(expression: string): Promise<number[]>
  /** Counters that have fallen in the last ten minutes. */
  fallenCounters(): Promise<string[]>
  stop(): Promise<void>
}

interface PrometheusOptions {
  program: string
  /** For its configuration and data. */
  folder: string
  port: number
  /** `host:port` of what it scrapes, every second. */
  target: string
}

const READY_WITHIN_MS = 60_000

/** A real Prometheus on the loopback, ready once its first scrape has succeeded. */
export async function startPrometheus({program, folder, port, target}: PrometheusOptions): Promise<Prometheus> {
  const config = join(folder, 'prometheus.yml')
  const scrape = {job_name: 'ep23', static_configs: [{targets: [target]}]}
  // JSON is YAML.
  const global = {scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s'}
  writeFileSync(config, JSON.stringify({global, scrape_configs: [scrape]}))
  const address = `127.0.0.1:${port}`
  const flags = [`--config.file=${config}`, `--storage.tsdb.path=${join(folder, 'tsdb')}`]
  const child = spawn(program, [...flags, `--web.listen-address=${address}`], {stdio: ['ignore', 'ignore', 'pipe']})
  let log = ''
  child.stderr.on('data', (chunk: Buffer) => (log = (log + chunk.toString()).slice(-4000)))
  const killNow = (): boolean => child.kill('SIGKILL')
  process.once('exit', killNow)
  const query = async (expression: string): Promise<number[]> => {
    const answer = await fetch(`http://${address}/api/v1/query?query=${encodeURIComponent(expression)}`)
    const {data, error} = (await answer.json()) as {data?: {result: {value: [number, string]}[]}; error?: string}
    if (!data) throw new Error(`${expression}: ${error}`)
    return data.result.map(({value}) => Number(value[1]))
  }
  const fallenCounters = async (): Promise<string[]> => {
    const answer = await fetch(`http://${address}/api/v1/label/__name__/values`)
    const {data: names} = (await answer.json()) as {data: string[]}
    const counters = names.filter(name => /_(?:total|bucket|count|sum)$/u.test(name))
    if (counters.length < 10) throw new Error(`Prometheus knows only the counters ${counters.join()}`)
    const resets = await Promise.all(counters.map(async name => query(`sum(resets(${name}[10m]))`)))
    return counters.filter((_, index) => resets[index]?.[0] !== 0)
  }
  const stop = async (): Promise<void> => {
    process.off('exit', killNow)
    if (child.exitCode !== null) return
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  const deadline = performance.now() + READY_WITHIN_MS
  while ((await query('up').catch(() => []))[0] !== 1) {
    if (child.exitCode !== null || performance.now() > deadline) {
      await stop()
      throw new Error(`Prometheus did not get ready: ${log}`)
    }
    await pause(200)
  }
  return {query, fallenCounters, stop}
}
