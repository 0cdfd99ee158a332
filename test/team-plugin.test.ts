import {expect} from 'chai'

import {openStore} from '#src/store/open-store.js'
import {readTotals} from '#src/telemetry/read-totals.js'
import {totalsAsSamples} from '#src/telemetry/totals.js'

import {runEp23, temporaryFolder, type Ended} from './helpers/run-ep23.ts'
import {addPeers, makeTeamPlugin, pack} from './helpers/team-plugin.ts'

type Sample = ReturnType<typeof totalsAsSamples>[number]

function valueOf(samples: Sample[], name: string, channel: string): number | undefined {
  const sample = samples.find(each => each.name === name && each.labels['channel'] === channel)
  return sample?.kind === 'counter' ? sample.value : undefined
}

describe("a team's own plugin", function () {
  this.timeout(120_000)
  let folder: ReturnType<typeof temporaryFolder>
  beforeEach(() => (folder = temporaryFolder()))
  afterEach(() => folder.remove())

  const ep23 = (...args: string[]): Promise<Ended> =>
    runEp23(args, {cwd: folder.path, env: {npm_config_prefer_offline: 'true'}})

  it('works when linked, with its own copy of the sdk', async () => {
    const plugin = makeTeamPlugin(folder.path)
    addPeers(plugin)
    const linked = await ep23('plugins', 'link', plugin, '--no-install')
    expect(linked.code, linked.stderr).to.equal(0)
    await expectToShareTheRuntime()
  })

  it('works when installed from a tarball', async () => {
    const tarball = pack(makeTeamPlugin(folder.path), folder.path)
    const installed = await ep23('plugins', 'install', `file:${tarball}`)
    expect(installed.code, installed.stderr).to.equal(0)
    await expectToShareTheRuntime()
  })

  it('is named in one warning when it cannot be loaded, and the rest works', async () => {
    const plugin = makeTeamPlugin(folder.path)
    await ep23('plugins', 'link', plugin, '--no-install')
    const {code, stdout, stderr} = await ep23('doctor', '--json')
    expect(code).to.equal(0)
    expect(stderr.match(/Warning: the plugin team-plugin could not be loaded/gu)).to.have.length(1)
    expect(JSON.parse(stdout).data.checks).to.have.length.above(5)
  })

  // One registry, one trace, one store, one progress: all seen from outside the process.
  async function expectToShareTheRuntime(): Promise<void> {
    const {code, stdout, stderr} = await ep23('team:greet', '--json')
    expect(code, stderr).to.equal(0)
    const {run_id, trace_id, data} = JSON.parse(stdout)
    expect(data.inserted).to.equal(1)
    expect(data.sdk).to.include('team-plugin')
    expect(stderr).to.include('Count').and.include('Store')

    const store = await openStore(`${folder.path}/.ep23/store.sqlite`)
    try {
      const spans = await Array.fromAsync(
        store
          .collection<{name: string; trace_id: string; span_id: string; parent_span_id: string}>('ep23_spans')
          .find({run_id}),
      )
      const library = spans.find(span => span.name === 'library call')
      expect(spans.find(span => span.span_id === library?.parent_span_id)?.name).to.equal('step Library')
      expect(new Set(spans.map(span => span.trace_id))).to.deep.equal(new Set([trace_id]))
      expect(spans.length).to.be.at.least(4)
      const samples = totalsAsSamples(await readTotals(store))
      expect(valueOf(samples, 'team_greetings_total', '@team')).to.equal(1)
      expect(valueOf(samples, 'benchmark_digest_records_total', '@team')).to.equal(2)
    } finally {
      await store.dispose()
    }
  }
})
