import {readFileSync} from 'node:fs'
import {createServer, type AddressInfo} from 'node:net'
import {join} from 'node:path'

import {expect} from 'chai'

import {AlertPipeline} from '../helpers/alert-pipeline.ts'
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
    expect((await ep23('dataset:seed', '--quiet')).code).to.equal(0)
    await pipeline.start()
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
    expect((await ep23('dataset:seed', '--quiet')).code).to.equal(0)
    await pipeline.hears('/hooks/critical', 'resolved', alert)
  })

  it('has dashboards whose every query Prometheus answers, those of the dataset with data', async () => {
    for (const name of ['dataset', 'exporters', 'benchmarks', 'observability', 'rag'])
      for (const query of queriesOf(name)) {
        const series = await pipeline.query(query)
        if (name === 'dataset') expect(series, query).to.not.deep.equal([])
      }
  })
})

function queriesOf(dashboard: string): string[] {
  const path = join(import.meta.dirname, '../../grafana/dashboards', `${dashboard}.json`)
  const {panels} = JSON.parse(readFileSync(path, 'utf8')) as {panels: {targets: {expr: string}[]}[]}
  return panels.flatMap(({targets}) =>
    targets.map(({expr}) => expr.replaceAll('$__rate_interval', '20s').replaceAll('$__range', '1m')),
  )
}
