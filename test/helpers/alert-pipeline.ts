import {mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {createServer, type Server} from 'node:http'
import type {AddressInfo} from 'node:net'
import {join} from 'node:path'
import {text} from 'node:stream/consumers'
import {setTimeout as delay} from 'node:timers/promises'

import {freePort} from './free-port.ts'
import {runEp23} from './run-ep23.ts'
import {startSidecar, type Sidecar} from './sidecar.ts'

const root = join(import.meta.dirname, '../..')

/** An alert as Alertmanager hands it to a webhook. */
export interface Notice {
  path: string
  status: string
  labels: Record<string, string>
}

/** Sidecar, Prometheus, Alertmanager and a webhook, with the shipped rules and configurations made faster. */
export class AlertPipeline {
  readonly notices: Notice[] = []
  readonly folder: string
  prometheus = ''
  sidecar = ''
  #startedAt = 0
  #sidecar: Sidecar | undefined
  readonly #webhook: Server = createServer((request, response) => {
    void text(request).then(body => {
      const {alerts} = JSON.parse(body) as {alerts: Omit<Notice, 'path'>[]}
      this.notices.push(...alerts.map(({status, labels}) => ({path: request.url ?? '', status, labels})))
      response.end()
    })
  })

  constructor(folder: string) {
    this.folder = folder
  }

  async start(): Promise<void> {
    const [port, alertmanager] = [await freePort(), await freePort()]
    await new Promise<void>(done => this.#webhook.listen(0, '127.0.0.1', done))
    const hook = (this.#webhook.address() as AddressInfo).port
    const configs = writeFastConfigs(this.folder, {sidecar: port, alertmanager, hook})
    this.#sidecar = await startSidecar(this.folder, {port})
    this.sidecar = this.#sidecar.url
    const {code, stdout, stderr} = await runEp23(
      ['infra:up', '--json', '--step', 'alertmanager,prometheus', '--port', `alertmanager=${alertmanager}`, ...configs],
      {cwd: this.folder},
    )
    if (code !== 0) throw new Error(stderr + stdout)
    this.prometheus = JSON.parse(stdout).data.variables.PROMETHEUS_URL
    this.#startedAt = Math.floor(Date.now() / 1000)
    await this.sees('up == 1')
  }

  async stop(): Promise<void> {
    await runEp23(['infra:down', '--wait', '20'], {cwd: this.folder})
    await this.#sidecar?.end('SIGTERM')
    this.#webhook.closeAllConnections()
    await new Promise(done => this.#webhook.close(done))
  }

  /** The series that a query gives now; throws when Prometheus refuses it. */
  async query(expression: string): Promise<unknown[]> {
    const response = await fetch(`${this.prometheus}/api/v1/query?query=${encodeURIComponent(expression)}`)
    const answer = (await response.json()) as {status: string; error?: string; data?: {result: unknown[]}}
    if (answer.status !== 'success') throw new Error(`${expression}: ${answer.error}`)
    return answer.data?.result ?? []
  }

  /** The finite values of every series that a panel with this query has drawn since the start. */
  async drawn(expression: string): Promise<number[][]> {
    const window = {start: String(this.#startedAt), end: String(Date.now() / 1000), step: '1'}
    const asked = new URLSearchParams({query: expression, ...window})
    const response = await fetch(`${this.prometheus}/api/v1/query_range?${asked}`)
    const {error, data} = (await response.json()) as {error?: string; data?: {result: {values: [number, string][]}[]}}
    if (!data) throw new Error(`${expression}: ${error}`)
    return data.result.map(({values}) => values.map(([, value]) => Number(value)).filter(Number.isFinite))
  }

  /** Waits until a query gives something; bounded. */
  async sees(expression: string): Promise<void> {
    await until(`Prometheus sees ${expression}`, async () => (await this.query(expression)).length > 0)
  }

  /** Waits for a notice; bounded. */
  async hears(path: string, status: string, labels: Record<string, string>): Promise<void> {
    const isIt = (notice: Notice): boolean =>
      notice.path === path &&
      notice.status === status &&
      Object.entries(labels).every(([label, value]) => notice.labels[label] === value)
    await until(`${status} ${JSON.stringify(labels)} arrives at ${path}`, async () => this.notices.some(isIt))
  }
}

/** Asks again and again, for 40 seconds at most. */
async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 40_000
  while (!(await isSo().catch(() => false))) {
    if (performance.now() > deadline) throw new Error(`waited in vain until ${what}`)
    await delay(100)
  }
}

interface Ports {
  sidecar: number
  alertmanager: number
  hook: number
}

// The shipped files themselves, with other addresses and shorter waits: there is no second copy of a rule.
function writeFastConfigs(folder: string, {sidecar, alertmanager, hook}: Ports): string[] {
  const rules = join(folder, 'rules')
  mkdirSync(rules)
  for (const file of readdirSync(join(root, 'prometheus/rules')))
    writeFileSync(join(rules, file), shipped(`rules/${file}`).replaceAll(/^( +for:) .*$/gmu, '$1 1s'))
  const prometheus = shipped('prometheus.yml')
    .replaceAll(/_interval: 15s/gu, '_interval: 1s')
    .replace('rules/*.yml', `${rules}/*.yml`)
    .replace('127.0.0.1:9093', `127.0.0.1:${alertmanager}`)
    .replace('127.0.0.1:9123', `127.0.0.1:${sidecar}`)
  const receiving = shipped('alertmanager.yml')
    .replace('group_wait: 30s', 'group_wait: 1s')
    .replace('group_interval: 5m', 'group_interval: 1s')
    .replaceAll('127.0.0.1:9095', `127.0.0.1:${hook}`)
  writeFileSync(join(folder, 'prometheus.yml'), prometheus)
  writeFileSync(join(folder, 'alertmanager.yml'), receiving)
  return ['--prometheus-config', 'prometheus.yml', '--alertmanager-config', 'alertmanager.yml']
}

function shipped(path: string): string {
  return readFileSync(join(root, 'prometheus', path), 'utf8')
}
