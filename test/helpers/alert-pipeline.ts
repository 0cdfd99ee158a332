import {type ChildProcess, spawn} from 'node:child_process'
import {mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {createServer, type Server} from 'node:http'
import {createServer as createTcpServer, type AddressInfo} from 'node:net'
import {join} from 'node:path'
import {text} from 'node:stream/consumers'
import {setTimeout as delay} from 'node:timers/promises'

import {runEp23} from './run-ep23.ts'

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
  #sidecar: ChildProcess | undefined
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
    const [sidecar, alertmanager] = [await freePort(), await freePort()]
    await new Promise<void>(done => this.#webhook.listen(0, '127.0.0.1', done))
    const hook = (this.#webhook.address() as AddressInfo).port
    const configs = writeFastConfigs(this.folder, {sidecar, alertmanager, hook})
    this.#sidecar = startSidecar(this.folder, sidecar)
    await until('the sidecar is ready', async () => (await fetch(`http://127.0.0.1:${sidecar}/readyz`)).ok)
    const {code, stdout, stderr} = await runEp23(
      ['infra:up', '--json', '--step', 'alertmanager,prometheus', '--port', `alertmanager=${alertmanager}`, ...configs],
      {cwd: this.folder},
    )
    if (code !== 0) throw new Error(stderr + stdout)
    this.prometheus = JSON.parse(stdout).data.variables.PROMETHEUS_URL
    await until('Prometheus has scraped the sidecar', async () => (await this.query('up == 1')).length > 0)
  }

  async stop(): Promise<void> {
    await runEp23(['infra:down', '--wait', '20'], {cwd: this.folder})
    const sidecar = this.#sidecar
    if (sidecar && sidecar.exitCode === null) {
      const ended = new Promise(done => sidecar.once('exit', done))
      sidecar.kill('SIGTERM')
      await Promise.race([ended, delay(5000).then(() => sidecar.kill('SIGKILL'))])
    }
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

function startSidecar(folder: string, port: number): ChildProcess {
  const bin = join(root, 'bin/run.js')
  const env = {PATH: process.env['PATH'], HOME: folder, EP23_DATA_DIR: join(folder, '.data')}
  return spawn(process.execPath, [bin, 'observability:serve', '--port', String(port)], {
    cwd: folder,
    env,
    stdio: 'ignore',
  })
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

async function freePort(): Promise<number> {
  const server = createTcpServer()
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const {port} = server.address() as AddressInfo
  await new Promise(done => server.close(done))
  return port
}
