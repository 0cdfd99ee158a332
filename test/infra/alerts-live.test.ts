import {globSync, readFileSync} from 'node:fs'
import {createServer, type AddressInfo} from 'node:net'
import {join} from 'node:path'

import {expect} from 'chai'

import {AlertPipeline} from '../helpers/alert-pipeline.ts'
import {DEMO_SEED, demoRun} from '../helpers/demo-run.ts'
import {requireServers} from '../helpers/infra-servers.ts'
import {runEp23, temporaryFolder} from '../helpers/run-ep23.ts'

describe('from a run of the command line to the receiver of an alert', function () {
  this.timeout(180_000)
  let folder: ReturnType<typeof temporaryFolder>
  let pipeline: AlertPipeline

  before(async function () {
    requireServers(this)
    folder = temporaryFolder()
    pipeline = new AlertPipeline(folder.path)
    await pipeline.start()
    await demoRun(folder.path, pipeline.sidecar)
  })
  after(async () => {
    await pipeline?.stop()
    folder?.remove()
  })

  const ep23 = (...args: string[]) => runEp23(args, {cwd: folder.path})

  it('pages for a failed bootstrap and tells when it is repaired', async () => {
    const stranger = createServer()
    await new Promise<void>(done => stranger.listen(0, '127.0.0.1', done))
    const {port} = stranger.address() as AddressInfo
    const up = ['infra:up', '--state-dir', 'other', '--step', 'pushgateway', '--port', `pushgateway=${port}`]
    expect((await ep23(...up)).code).to.equal(69)
    const alert = {alertname: 'SharedInfraBootstrapFailed', step: 'pushgateway', severity: 'critical'}
    await pipeline.hears('/hooks/critical', 'firing', alert)
    await new Promise(done => stranger.close(done))
    try {
      const repaired = await ep23(...up)
      expect(repaired.code, repaired.stderr).to.equal(0)
      await pipeline.hears('/hooks/critical', 'resolved', alert)
    } finally {
      await ep23('infra:down', '--state-dir', 'other')
    }
  })

  it('pages for a channel with fewer than 30 digests and tells when it is filled again', async () => {
    const {window, channels} = JSON.parse((await ep23('dataset:audit', '--json')).stdout).data
    const {channel} = channels[0]
    const purged = await ep23('dataset:purge', '--channel', channel, '--before', window.to, '--yes')
    expect(purged.stdout).to.include('removed 29 digests')
    const alert = {alertname: 'DatasetBelowThirtyDigests', channel}
    await pipeline.hears('/hooks/critical', 'firing', alert)
    expect((await ep23(...DEMO_SEED)).code).to.equal(0)
    await pipeline.hears('/hooks/critical', 'resolved', alert)
  })

  it('has dashboards whose every panel shows something, and more than zero where something was done', async () => {
    await pipeline.sees('sum(mcp_requests_total) > 0 and on () ep23_last_flush_timestamp_seconds{command="rag:tune"}')
    const empty: string[] = []
    const zero: string[] = []
    for (const {file, panel, query} of panelQueries().filter(({file}) => file !== NEEDS_A_MONTH)) {
      const values = (await pipeline.drawn(query)).flat()
      if (values.length === 0) empty.push(`${file}, ${panel}: ${query}`)
      else if (!values.some(value => value > 0) && !QUIET.some(metric => query.includes(metric)))
        zero.push(`${file}, ${panel}: ${query}`)
    }
    expect({empty, zero}).to.deep.equal({empty: [], zero: []})
  })
})

/** Shows days that are held against a blessed month of at least 28 others; test/daily judges one. */
const NEEDS_A_MONTH = 'daily.json'

// What stays at zero here: nobody hands over observations, calls over HTTP, asks a reranker or is a canary, BM25 leaves nothing to
// chance, and the calibration that comes with ep23 is of too few sources.
const QUIET = [
  'benchmark_gate_calibrated',
  'ep23_observations_total',
  'mcp_refusals_total',
  'rag_fallback_reason_total',
  'rag_variance_ratio',
  'rag_variance_upper_ratio',
  'rag_canary_ratio',
]

/** The queries of all dashboards; those in Russian ask the same, which another test holds. */
function panelQueries(): {file: string; panel: string; query: string}[] {
  const folder = join(import.meta.dirname, '../../grafana/dashboards')
  return globSync('*.json', {cwd: folder}).flatMap(file => {
    const {panels} = JSON.parse(readFileSync(join(folder, file), 'utf8')) as {
      panels: {title: string; targets: {expr: string}[]}[]
    }
    return panels.flatMap(({title, targets}) =>
      targets.map(({expr}) => ({file, panel: title, query: withVariables(expr)})),
    )
  })
}

// As Grafana would with scrapes every second and the last two minutes shown.
function withVariables(query: string): string {
  const ready = query.replaceAll('$__rate_interval', '20s').replaceAll('$__range', '2m')
  if (ready.includes('$')) throw new Error(`a variable without value: ${query}`)
  return ready
}
