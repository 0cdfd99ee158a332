import {spawnSync} from 'node:child_process'
import {join} from 'node:path'

import {openStore} from '#src/store/open-store.js'
import {expect} from 'chai'

import {debianProgram} from '../helpers/debian-program.ts'
import {freePort} from '../helpers/free-port.ts'
import {problemsOfOutput} from '../helpers/json-data.ts'
import {runEp23, temporaryFolder} from '../helpers/run-ep23.ts'
import {startSidecar} from '../helpers/sidecar.ts'
import {withStore} from '../helpers/with-store.ts'

const PATIENCE_MS = 120_000

describe('observability:serve', () => {
  let folder: ReturnType<typeof temporaryFolder>
  beforeEach(() => (folder = temporaryFolder()))
  afterEach(() => folder.remove())

  it('shows every declared metric from the start, in the text format that Prometheus 3 asks for', async function () {
    this.timeout(PATIENCE_MS)
    const sidecar = await startSidecar(folder.path)
    const answer = await fetch(`${sidecar.url}/metrics`)
    const text = await answer.text()
    await sidecar.end('SIGTERM')
    expect(answer.headers.get('content-type')).to.equal('text/plain; version=0.0.4; charset=utf-8')
    for (const series of [
      'structured_logs_total{service="ep23-cli",level="error"} 0',
      'dataset_seed_duration_seconds_bucket{outcome="failed",le="+Inf"} 0',
      'rag_fallback_reason_total{reason="timeout"} 0',
      'ep23_sidecar_build{version=',
    ])
      expect(text).to.include(series)
    const promtool = debianProgram(this, 'promtool', 'prometheus')
    const {status, stderr} = spawnSync(promtool, ['check', 'metrics'], {input: text, encoding: 'utf8'})
    expect({status, stderr}).to.deep.equal({status: 0, stderr: ''})
  })

  it('counts the digests in the store at every scrape', async function () {
    this.timeout(PATIENCE_MS)
    const ofTeam = {digest_id: '@habr-20241104-1', channel: '@habr', metadata: {}}
    const own = Array.from({length: 31}, (_, day) => ({
      ...ofTeam,
      digest_id: `@habr/${day}`,
      metadata: {origin: 'telegram'},
    }))
    const digests = [...own, ofTeam]
    await withStore(openStore(join(folder.path, '.ep23/store.sqlite')), async store =>
      store.collection<(typeof digests)[0]>('digests').upsertMany(digests, 'digest_id'),
    )
    const sidecar = await startSidecar(folder.path)
    const text = await (await fetch(`${sidecar.url}/metrics`)).text()
    await sidecar.end('SIGTERM')
    expect(text).to.include('benchmark_dataset_digests{channel="@habr"} 31\n')
  })

  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    it(`ends well on ${signal}, and leaves its run, its log and a folded store behind`, async function () {
      this.timeout(PATIENCE_MS)
      const sidecar = await startSidecar(folder.path, {args: ['--json']})
      expect(await (await fetch(`${sidecar.url}/healthz`)).json()).to.deep.equal({status: 'ok'})
      expect(await (await fetch(`${sidecar.url}/readyz`)).json()).to.deep.equal({status: 'ready'})
      const {code, stdout} = await sidecar.end(signal)
      expect(code).to.equal(0)
      expect(problemsOfOutput(stdout)).to.deep.equal([])
      const {stdout: metrics} = await runEp23(['observability:metrics'], {cwd: folder.path})
      expect(metrics)
        .to.include('ep23_runs_total{command="observability:serve",outcome="ok"} 1')
        .and.include('ep23_sidecar_requests_total{operation="healthz",status="200"} 1')
    })

  it('answers 503 while the store cannot be read, and stays alive', async function () {
    this.timeout(PATIENCE_MS)
    const store = `mongodb://127.0.0.1:${await freePort()}/ep23?serverSelectionTimeoutMS=200`
    const sidecar = await startSidecar(folder.path, {env: {EP23_STORE: store}})
    const [metrics, ready, alive] = await Promise.all(
      ['/metrics', '/readyz', '/healthz'].map(async path => fetch(`${sidecar.url}${path}`)),
    )
    expect([metrics?.status, ready?.status, alive?.status]).to.deep.equal([503, 503, 200])
    expect(await metrics?.text()).to.not.include('mongodb://')
    expect((await sidecar.end('SIGTERM')).code).to.equal(0)
  })

  it("takes in another command's trace from the real OpenTelemetry exporter", async function () {
    this.timeout(PATIENCE_MS)
    const sidecar = await startSidecar(folder.path)
    const other = temporaryFolder()
    const env = {OTEL_EXPORTER_OTLP_ENDPOINT: sidecar.url}
    const sent = await runEp23(['config:explain', '--json'], {cwd: other.path, env})
    other.remove()
    expect(sent.stderr).to.equal('')
    const {trace_id, run_id} = JSON.parse(sent.stdout)
    const shown = await runEp23(['observability:traces:show', trace_id, '--json'], {cwd: folder.path})
    await sidecar.end('SIGTERM')
    const [span] = JSON.parse(shown.stdout).data.spans
    expect(span).to.include({name: 'config:explain', service: 'ep23-cli', run_id, parent_span_id: null})
  })

  it('says so when the port is taken', async function () {
    this.timeout(PATIENCE_MS)
    const sidecar = await startSidecar(folder.path)
    const {port} = new URL(sidecar.url)
    const other = temporaryFolder()
    const {code, stderr} = await runEp23(['observability:serve', '--port', port], {cwd: other.path})
    other.remove()
    await sidecar.end('SIGTERM')
    expect(code).to.equal(69)
    expect(stderr).to.include(`127.0.0.1:${port} is taken`)
  })

  it('refuses to be the second one over a store, and takes over from one that was killed', async function () {
    this.timeout(PATIENCE_MS)
    const first = await startSidecar(folder.path)
    const {code, stderr} = await runEp23(['observability:serve', '--port', '0'], {cwd: folder.path})
    expect(code).to.equal(75)
    expect(stderr).to.include(first.url)
    await first.end('SIGKILL')
    const next = await startSidecar(folder.path)
    expect((await next.end('SIGTERM')).code).to.equal(0)
  })
})
