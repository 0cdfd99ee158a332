import {chmodSync, existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {createServer, type Server} from 'node:http'
import type {AddressInfo} from 'node:net'
import {join} from 'node:path'
import {setTimeout as delay} from 'node:timers/promises'

import {expect} from 'chai'

import {openStore} from '#src/store/open-store.js'
import {readTotals} from '#src/telemetry/stored-metrics.js'
import {totalsAsSamples} from '#src/telemetry/totals.js'

import {ferretdbBinary} from '../helpers/ferretdb-binary.ts'
import {freePort} from '../helpers/free-port.ts'
import {isRunning, requireServers} from '../helpers/infra-servers.ts'
import {problemsOfOutput} from '../helpers/json-data.ts'
import {cannotRun} from '../helpers/live-test.ts'
import {runEp23, temporaryFolder, type Ended} from '../helpers/run-ep23.ts'
import {withStore} from '../helpers/with-store.ts'

describe('infra:up and its sisters', function () {
  this.timeout(120_000)
  let folder: ReturnType<typeof temporaryFolder>
  before(function () {
    requireServers(this)
  })
  beforeEach(() => (folder = temporaryFolder()))
  afterEach(async () => {
    await ep23('infra:down', '--wait', '20')
    const left = pidsOfStack(folder.path)
    folder.remove()
    expect(left, 'processes left behind').to.deep.equal([])
  })

  const ep23 = (...args: string[]): Promise<Ended> => runEp23(args, {cwd: folder.path})
  const state = (): {phase: string; steps: {step: string; process: {pid: number}}[]} =>
    JSON.parse(readFileSync(join(folder.path, '.ep23/infra/state.json'), 'utf8'))
  const servers = ['--step', 'alertmanager,pushgateway,mock_services,prometheus']

  it('brings four servers up, shows them, and takes them down', async () => {
    const up = await ep23('infra:up', ...servers, '--github-env', 'env', '--json')
    expect(up.code, up.stderr).to.equal(0)
    expect(problemsOfOutput(up.stdout)).to.deep.equal([])
    const {data, warnings} = JSON.parse(up.stdout)
    expect(warnings).to.have.length(2)
    expect(warnings.join()).to.include('--scrape HOST:PORT').and.include('--rules FILE')
    expect(data.steps.map((part: {step: string}) => part.step)).to.deep.equal(servers[1]?.split(','))
    const variables = readFileSync(join(folder.path, 'env'), 'utf8')
    expect(variables).to.match(/^LLM_URL=http:\/\/127\.0\.0\.1:\d+\/v1$/mu)
    const {url} = data.steps.find((part: {step: string}) => part.step === 'prometheus')
    expect((await fetch(`${url}/-/ready`)).status).to.equal(200)

    const status = await ep23('infra:status', '--json')
    expect(status.code).to.equal(0)
    expect(problemsOfOutput(status.stdout)).to.deep.equal([])
    const again = JSON.parse((await ep23('infra:up', ...servers, '--json')).stdout)
    expect(again.data).to.deep.include({already_up: true, steps: data.steps})

    const down = await ep23('infra:down', '--json')
    expect(down.code).to.equal(0)
    expect(problemsOfOutput(down.stdout)).to.deep.equal([])
    for (const {pid} of data.steps) expect(isRunning(pid), `pid ${pid}`).to.equal(false)
    expect((await ep23('infra:down')).stdout).to.include('nothing was running')
  })

  it('tells a fixed port that is taken, and takes down what it had started', async () => {
    const stranger = await listening()
    const {port} = stranger.address() as AddressInfo
    const {code, stderr} = await ep23(
      'infra:up',
      '--step',
      'pushgateway,mock_services',
      '--port',
      `mock_services=${port}`,
    )
    expect(code).to.equal(69)
    expect(stderr).to.include(`port ${port} for mock_services is taken`)
    expect(pidsOfStack(folder.path)).to.deep.equal([])
    expect(stranger.listening).to.equal(true)
    stranger.close()
  })

  it('starts nothing when --github-env cannot be written', async () => {
    const {code, stderr} = await ep23('infra:up', '--step', 'mock_services', '--github-env', 'nowhere/env')
    expect(code).to.equal(64)
    expect(stderr).to.include('--github-env nowhere/env: its folder does not exist')
    expect(existsSync(join(folder.path, '.ep23/infra/state.json'))).to.equal(false)
  })

  it('does not take a stack on another port for the one that is wanted', async () => {
    expect((await ep23('infra:up', '--step', 'mock_services')).code).to.equal(0)
    const port = await freePort()
    const {code, stdout, stderr} = await ep23('infra:up', '--step', 'mock_services', '--port', `mock_services=${port}`)
    expect(code, stderr).to.equal(0)
    expect(stdout).to.equal(`LLM_URL=http://127.0.0.1:${port}/v1\n`)
    expect(stderr).to.include('1 part of an earlier run taken down first')
  })

  it('names every missing program at once and starts nothing', async () => {
    const {code, stdout, stderr} = await runEp23(['infra:check', '--step', 'mongo,pushgateway', '--json'], {
      cwd: folder.path,
      env: {PATH: folder.path},
    })
    expect(code, stderr).to.equal(69)
    expect(problemsOfOutput(stdout)).to.deep.equal([])
    expect(JSON.parse(stdout).data.missing.map((part: {step: string}) => part.step)).to.deep.equal([
      'mongo',
      'pushgateway',
    ])
    const up = await runEp23(['infra:up', '--step', 'mongo,pushgateway'], {cwd: folder.path, env: {PATH: folder.path}})
    expect(up.code).to.equal(69)
    expect(up.stderr).to.include('apt-get install prometheus-pushgateway')
    expect(existsSync(join(folder.path, '.ep23/infra/state.json'))).to.equal(false)
  })

  it('leaves a stack that serves as it is when it cannot bring up what is wanted, and restarts what runs', async () => {
    expect((await ep23('infra:up', '--step', 'mock_services')).code).to.equal(0)
    const before = state()
    const nothingInstalled = {cwd: folder.path, env: {PATH: folder.path}}
    for (const args of [['infra:up'], ['infra:restart-test', '--step', 'mongo,mock_services']]) {
      const {code, stderr} = await runEp23(args, nothingInstalled)
      expect(code, stderr).to.equal(69)
      expect(state()).to.deep.equal(before)
      expect((await ep23('infra:status')).code).to.equal(0)
      expect(await lastStatus('mock_services')).to.equal(1)
      expect(await lastStatus('mongo')).to.equal(0)
    }
    const restarted = await ep23('infra:restart-test', '--json')
    expect(restarted.code, restarted.stderr).to.equal(0)
    expect(JSON.parse(restarted.stdout).data.steps).to.deep.equal([
      {step: 'mock_services', same_url: true, old_process_gone: true},
    ])
  })

  it('shows the last words of a server that dies after two seconds, and takes the others down', async () => {
    program('prometheus', '#!/bin/sh\necho disk of clay >&2\nsleep 2\nexit 3\n')
    const {code, stderr} = await withOwnPrograms('infra:up', '--step', 'pushgateway,prometheus', '--attempts', '1')
    expect(code, stderr).to.equal(69)
    expect(stderr).to.include('prometheus did not come up: it ended with exit code 3').and.include('disk of clay')
    expect(pidsOfStack(folder.path)).to.deep.equal([])
    expect(await lastStatus('prometheus')).to.equal(0)
    expect(await lastStatus('pushgateway')).to.equal(0)
    expect(await lastValue('shared_infra_bootstrap_wanted', 'prometheus')).to.equal(1)
    await ep23('infra:down')
    expect(await lastValue('shared_infra_bootstrap_wanted', 'prometheus')).to.equal(0)
  })

  it('tries a server again that fails once', async () => {
    program(
      'prometheus-pushgateway',
      '#!/bin/sh\nif [ ! -e once ]; then touch once; exit 1; fi\nexec /usr/bin/prometheus-pushgateway "$@"\n',
    )
    const {code, stderr} = await withOwnPrograms('infra:up', '--step', 'pushgateway')
    expect(code, stderr).to.equal(0)
    expect(await lastStatus('pushgateway')).to.equal(1)
  })

  it('takes everything down on SIGTERM', async () => {
    program('prometheus', '#!/bin/sh\nexec sleep 60\n')
    let signalled = false
    const {code, stderr} = await runEp23(['infra:up', '--step', 'pushgateway,prometheus'], {
      ...ownPrograms(),
      onStderr(text, pid) {
        if (signalled || !text.includes('[2/2]')) return
        signalled = true
        process.kill(pid, 'SIGTERM')
      },
    })
    expect(code, stderr).to.equal(130)
    expect(pidsOfStack(folder.path)).to.deep.equal([])
  })

  it('takes down what a killed run has left when it is called again', async () => {
    program('prometheus', '#!/bin/sh\nexec sleep 60\n')
    let killed = false
    const {signal} = await runEp23(['infra:up', '--step', 'pushgateway,prometheus'], {
      ...ownPrograms(),
      onStderr(text, pid) {
        if (killed || !text.includes('[2/2]')) return
        killed = true
        process.kill(pid, 'SIGKILL')
      },
    })
    expect(signal).to.equal('SIGKILL')
    expect(state().phase).to.equal('starting')
    const left = pidsOfStack(folder.path)
    expect(left).to.not.deep.equal([])
    const again = await ep23('infra:up', '--step', 'mock_services', '--json')
    expect(again.code, again.stderr).to.equal(0)
    expect(JSON.parse(again.stdout).data.recovered).to.be.greaterThan(0)
    for (const pid of left) expect(isRunning(pid), `pid ${pid}`).to.equal(false)
  })

  it('never ends a process that has taken over the pid of a server', async () => {
    await ep23('infra:up', '--step', 'mock_services')
    const own = state().steps[0]?.process.pid ?? 0
    const file = join(folder.path, '.ep23/infra/state.json')
    // This very process, with a start time that is not its own.
    writeFileSync(file, readFileSync(file, 'utf8').replace(`"pid": ${own}`, `"pid": ${process.pid}`))
    expect((await ep23('infra:status')).code).to.equal(69)
    const {code} = await ep23('infra:down')
    expect(code).to.equal(0)
    expect(isRunning(own), 'found by its token').to.equal(false)
  })

  it('refuses a second run on the same stack, or lets it wait', async () => {
    program('prometheus', '#!/bin/sh\nsleep 8\nexec /usr/bin/prometheus "$@"\n')
    const first = withOwnPrograms('infra:up', '--step', 'prometheus')
    while (!existsSync(join(folder.path, '.ep23/infra/state.json'))) await delay(20)
    const refused = await ep23('infra:up', '--step', 'prometheus')
    expect(refused.code).to.equal(75)
    expect(refused.stderr).to.include('another ep23 process is changing the infrastructure').and.include('--wait')
    const [one, two] = await Promise.all([first, ep23('infra:up', '--step', 'prometheus', '--wait', '30', '--json')])
    expect(one.code, one.stderr).to.equal(0)
    expect(JSON.parse(two.stdout).data.already_up).to.equal(true)
  })

  it('uses what runs already, and a team’s own commands', async () => {
    const running = await listening()
    const url = `http://127.0.0.1:${(running.address() as AddressInfo).port}`
    const plan = ['--step', 'pushgateway,mock_services', '--provider', 'pushgateway=external']
    const commands = ['--provider', 'mock_services=command', '--up-command', 'mock_services=touch up']
    const addresses = ['--url', `pushgateway=${url}`, '--url', `mock_services=${url}`]
    const {code, stderr} = await ep23(
      'infra:up',
      ...plan,
      ...commands,
      ...addresses,
      '--down-command',
      'mock_services=touch down',
    )
    expect(code, stderr).to.equal(0)
    expect(existsSync(join(folder.path, 'up'))).to.equal(true)
    await ep23('infra:down')
    expect(existsSync(join(folder.path, 'down'))).to.equal(true)
    expect(running.listening).to.equal(true)
    running.close()
    running.closeAllConnections()
  })

  it('brings a MongoDB server up that keeps its documents over a restart', async function () {
    this.timeout(600_000)
    const ferretdb = (await ferretdbBinary()) ?? cannotRun(this, 'MongoDB in infra:up', 'install Go 1.24')
    const env = {EP23_FERRETDB: ferretdb}
    const run = (...args: string[]): Promise<Ended> => runEp23(args, {cwd: folder.path, env})
    const up = await run('infra:up', '--step', 'mongo', '--json')
    expect(up.code, up.stderr + up.stdout).to.equal(0)
    const {MONGODB_URL: url} = JSON.parse(up.stdout).data.variables
    expect((await run('dataset:seed', '--store', url, '--quiet')).code).to.equal(0)
    const restarted = await run('infra:restart-test', '--step', 'mongo', '--json')
    expect(restarted.code, restarted.stderr).to.equal(0)
    const audit = await run('dataset:audit', '--store', url, '--json')
    expect(JSON.parse(audit.stdout).data.verdict).to.equal('pass')
  })

  it('comes back the same after a restart', async () => {
    const {code, stdout, stderr} = await ep23('infra:restart-test', '--step', 'pushgateway,mock_services', '--json')
    expect(code, stderr + stdout).to.equal(0)
    expect(problemsOfOutput(stdout)).to.deep.equal([])
  })

  it('refuses an unknown part, provider and port', async () => {
    for (const args of [
      ['--step', 'redis'],
      ['--provider', 'mongo=podman'],
      ['--port', 'mongo=99999'],
      ['--step', 'mongo', '--url', 'prometheus=http://x'],
    ]) {
      const {code} = await ep23('infra:check', ...args)
      expect(code, args.join(' ')).to.equal(64)
    }
  })

  function program(name: string, script: string): void {
    writeFileSync(join(folder.path, name), script)
    chmodSync(join(folder.path, name), 0o755)
  }

  const ownPrograms = () => ({cwd: folder.path, env: {PATH: `${folder.path}:${process.env['PATH']}`}})
  const withOwnPrograms = (...args: string[]): Promise<Ended> => runEp23(args, ownPrograms())

  const lastStatus = (step: string) => lastValue('shared_infra_bootstrap_status', step)

  function lastValue(metric: string, step: string): Promise<number | undefined> {
    return withStore(openStore(join(folder.path, '.ep23/store.sqlite')), async store => {
      const samples = totalsAsSamples(await readTotals(store))
      const status = samples.find(({name, labels}) => name === metric && labels['step'] === step)
      return status?.kind === 'gauge' ? status.value : undefined
    })
  }
})

/** Living processes whose working folder is in the stack's: by /proc, without asking ep23. */
function pidsOfStack(folder: string): number[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/u.test(name))
    .map(Number)
    .filter(pid => isRunning(pid) && environmentOf(pid).includes('EP23_INFRA_TOKEN=') && startedIn(pid, folder))
}

function environmentOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8')
  } catch {
    return ''
  }
}

function startedIn(pid: number, folder: string): boolean {
  return environmentOf(pid).includes(folder)
}

async function listening(): Promise<Server> {
  const server = createServer((_request, response) => void response.end('ok'))
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  return server
}
