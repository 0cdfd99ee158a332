import {chmodSync, existsSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'

import {dockerEngine, type DockerEngine} from '../helpers/docker-engine.ts'
import {requireServers} from '../helpers/infra-servers.ts'
import {problemsOfOutput} from '../helpers/json-data.ts'
import {runEp23, temporaryFolder, type Ended} from '../helpers/run-ep23.ts'

describe('infra:up --provider docker with a real engine', function () {
  this.timeout(120_000)
  let engine: DockerEngine
  let folder: ReturnType<typeof temporaryFolder>
  before(async function () {
    requireServers(this)
    engine = await dockerEngine(this)
  })
  after(async () => engine?.removeImage())
  beforeEach(() => (folder = temporaryFolder()))
  afterEach(async () => {
    await ep23('infra:down', '--wait', '30')
    const left = await containers()
    folder.remove()
    expect(left, 'containers left behind').to.deep.equal([])
  })

  const ep23 = (...args: string[]): Promise<Ended> => runEp23(args, {cwd: folder.path, env: engine.env})
  const containers = async (): Promise<string[]> =>
    (await engine.docker('ps', '--all', '--filter', 'name=^ep23-', '--format', '{{.Names}}'))
      .split('\n')
      .filter(Boolean)
  const three = ['--provider', 'docker', '--step', 'alertmanager,pushgateway,prometheus']

  it('brings three containers up, which come back the same after a restart, and takes them down', async () => {
    const up = await ep23('infra:up', ...three, '--json')
    expect(up.code, up.stderr + up.stdout).to.equal(0)
    expect(problemsOfOutput(up.stdout)).to.deep.equal([])
    const {steps, variables} = JSON.parse(up.stdout).data
    expect(steps.map(({provider}: {provider: string}) => provider)).to.deep.equal(['docker', 'docker', 'docker'])
    expect(await containers()).to.have.lengthOf(3)
    const config = await (await fetch(`${variables.PROMETHEUS_URL}/api/v1/status/config`)).text()
    expect(config, 'it knows its Alertmanager').to.include(new URL(variables.ALERTMANAGER_URL).host)
    expect((await ep23('infra:status')).code).to.equal(0)
    const restarted = await ep23('infra:restart-test', ...three)
    expect(restarted.code, restarted.stderr).to.equal(0)
  })

  it('shows the last words of a server that ends, and removes the others', async () => {
    writeFileSync(join(folder.path, 'broken.yml'), 'route: {receiver: nobody}\n')
    const {code, stderr} = await ep23('infra:up', ...three, '--attempts', '1', '--alertmanager-config', 'broken.yml')
    expect(code).to.equal(69)
    expect(stderr).to.include('alertmanager in Docker: its container has ended')
    expect(stderr.replaceAll(/\s+/gu, ' ')).to.include('undefined receiver')
    expect(await containers()).to.deep.equal([])
  })

  it('removes what a killed run has left, and no container of somebody else', async () => {
    const other = ['--name', 'somebody-elses', '--network', 'host', '--detach']
    const server = [
      engine.env['EP23_INFRA_PUSHGATEWAY_IMAGE'] ?? '',
      '/bin/pushgateway',
      '--web.listen-address=127.0.0.1:0',
    ]
    const id = await engine.docker('run', ...other, ...server)
    try {
      let killed = false
      const {signal} = await runEp23(['infra:up', ...three], {
        cwd: folder.path,
        env: engine.env,
        onStderr(text, pid) {
          if (killed || !text.includes('[2/3]')) return
          killed = true
          process.kill(pid, 'SIGKILL')
        },
      })
      expect(signal).to.equal('SIGKILL')
      expect(await containers()).to.not.deep.equal([])
      const again = await ep23('infra:up', '--step', 'mock_services', '--json')
      expect(again.code, again.stderr).to.equal(0)
      expect(JSON.parse(again.stdout).data.recovered).to.be.greaterThan(0)
      expect(await containers()).to.deep.equal([])
      expect(await engine.docker('ps', '--quiet', '--no-trunc')).to.include(id.trim())
    } finally {
      await engine.docker('rm', '--force', id.trim())
    }
  })
})

describe('infra:up --provider docker without a usable engine', function () {
  this.timeout(120_000)
  let folder: ReturnType<typeof temporaryFolder>
  beforeEach(() => (folder = temporaryFolder()))
  afterEach(() => folder.remove())

  /** A docker that answers to its first arguments by these lines of shell. */
  function ep23(script: string | undefined, ...args: string[]): Promise<Ended> {
    if (script !== undefined) {
      writeFileSync(join(folder.path, 'docker'), `#!/bin/sh\necho "$@" >> ${folder.path}/calls\n${script}\n`)
      chmodSync(join(folder.path, 'docker'), 0o755)
    }
    return runEp23([...args, '--provider', 'docker'], {cwd: folder.path, env: {PATH: `${folder.path}:/nowhere`}})
  }
  const answering = 'if [ "$1" = version ] || [ "$2" = version ]; then exit 0; fi'

  const refusals: [title: string, script: string | undefined, words: string][] = [
    ['docker is not installed', undefined, 'docker is not installed'],
    [
      'no engine answers',
      'echo "Cannot connect to the Docker daemon." >&2; exit 1',
      'Cannot connect to the Docker daemon',
    ],
    ['docker has no compose', '[ "$1" = version ]', 'docker-compose-v2'],
  ]
  for (const [title, script, words] of refusals)
    it(`exits 69 and says what to do when ${title}`, async () => {
      for (const command of ['infra:check', 'infra:up']) {
        const {code, stdout, stderr} = await ep23(script, command, '--step', 'pushgateway')
        expect(code, command).to.equal(69)
        expect((stdout + stderr).replaceAll(/\s+/gu, ' ')).to.include(words)
      }
      expect(existsSync(join(folder.path, '.ep23/infra/state.json'))).to.equal(false)
    })

  it('repeats the words of a compose that fails, after it has removed what might be there', async () => {
    const script = `${answering}\ncase "$*" in *" up "*) echo "pull access denied" >&2; exit 1;; esac`
    const {code, stderr} = await ep23(script, 'infra:up', '--step', 'pushgateway', '--attempts', '1')
    expect(code).to.equal(69)
    expect(stderr.replaceAll(/\s+/gu, ' ')).to.include('docker compose up failed: pull access denied')
    expect(readFileSync(join(folder.path, 'calls'), 'utf8')).to.match(/compose .*rm --stop --force pushgateway\n$/u)
  })

  it('remembers a container that it could not remove, also after the reason of the failure', async () => {
    const script = `${answering}\necho "engine gone" >&2; exit 1`
    const {code, stderr} = await ep23(script, 'infra:up', '--step', 'pushgateway', '--attempts', '1')
    expect(code).to.equal(69)
    expect(stderr).to.include('compose up failed').and.include('not everything could be taken down')
    const state = JSON.parse(readFileSync(join(folder.path, '.ep23/infra/state.json'), 'utf8'))
    expect(state.steps.map(({step}: {step: string}) => step)).to.deep.equal(['pushgateway'])
  })

  it('refuses a configuration that the container would not see', async () => {
    const {code, stderr} = await ep23(answering, 'infra:up', '--step', 'prometheus', '--rules', '/etc/rules/*.yml')
    expect(code).to.equal(69)
    expect(stderr.replaceAll(/\s+/gu, ' ')).to.include('/etc/rules/*.yml is outside')
  })
})
