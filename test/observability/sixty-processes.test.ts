import {spawnSync} from 'node:child_process'
import {setTimeout as pause} from 'node:timers/promises'

import {expect} from 'chai'

import {debianProgram} from '../helpers/debian-program.ts'
import {freePort} from '../helpers/free-port.ts'
import {sharedMongo} from '../helpers/mongo-server.ts'
import {startPrometheus, type Prometheus} from '../helpers/prometheus.ts'
import {runEp23, temporaryFolder} from '../helpers/run-ep23.ts'
import {startSidecar, type Sidecar} from '../helpers/sidecar.ts'

const COUNTED = 'sum(ep23_runs_total{command="config:explain"})'

const stores = {
  SQLite: {processes: 60, locate: async () => 'store.sqlite'},
  MongoDB: {
    processes: 20,
    locate: async (hook: Mocha.Context) => (await sharedMongo(hook)).url(`ep23_sixty_${process.pid}`),
  },
}

for (const [name, {processes, locate}] of Object.entries(stores))
  describe(`${processes} processes over ${name}, seen by a real Prometheus`, () => {
    let folder: ReturnType<typeof temporaryFolder>
    let store: string
    let target: {port: number; sidecar: Sidecar}
    let prometheus: Prometheus | undefined

    before(async function () {
      this.timeout(120_000)
      folder = temporaryFolder()
      const program = debianProgram(this, 'prometheus')
      store = await locate(this)
      const port = await freePort()
      target = {port, sidecar: await start(port)}
      prometheus = await startPrometheus({
        program,
        folder: folder.path,
        port: await freePort(),
        target: `127.0.0.1:${port}`,
      })
    })
    after(async () => {
      await prometheus?.stop()
      await target?.sidecar.end('SIGTERM')
      folder.remove()
    })

    const start = async (port: number): Promise<Sidecar> => startSidecar(folder.path, {port, env: {EP23_STORE: store}})

    const counted = async (): Promise<number> => (await prometheus?.query(COUNTED))?.[0] ?? 0

    it('adds up exactly, and no counter falls when the sidecar is killed and started again', async function () {
      this.timeout(240_000)
      const running = Promise.all(
        Array.from({length: processes}, async () =>
          runEp23(['config:explain', '--quiet'], {cwd: folder.path, env: {EP23_STORE: store}, coverage: false}),
        ),
      )
      await until(async () => (await counted()) > 0)
      await target.sidecar.end('SIGKILL')
      target.sidecar = await start(target.port)
      for (const {code} of await running) expect(code).to.equal(0)
      await until(async () => (await counted()) >= processes)
      await target.sidecar.end('SIGTERM')
      target.sidecar = await start(target.port)
      await until(async () => (await prometheus?.query('up'))?.[0] === 1)
      await pause(2500)
      expect(await counted()).to.equal(processes)
      expect(await prometheus?.fallenCounters()).to.deep.equal([])
    })

    it('passes promtool check metrics', async function () {
      const answer = await fetch(`${target.sidecar.url}/metrics`)
      const {status, stdout, stderr} = spawnSync(debianProgram(this, 'promtool', 'prometheus'), ['check', 'metrics'], {
        input: await answer.text(),
        encoding: 'utf8',
      })
      expect({status, stdout, stderr}).to.deep.equal({status: 0, stdout: '', stderr: ''})
    })
  })

async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 90_000
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error('what the test waits for did not happen within 90 s')
    await pause(200)
  }
}
