import {mkdirSync, readFileSync, renameSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'

import {openStore} from '#src/store/open-store.js'
import {readTotals} from '#src/telemetry/stored-metrics.js'
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

  it('is named in one line when a command throws, and when another one has the name of ours', async () => {
    const plugin = makeTeamPlugin(folder.path)
    addPeers(plugin)
    mkdirSync(join(plugin, 'commands/dataset'))
    writeFileSync(
      join(plugin, 'commands/dataset/list.js'),
      "import {BaseCommand} from '@ep23/sdk'\nexport default class extends BaseCommand { async execute() { return {text: ['of the team']} } }\n",
    )
    writeFileSync(join(plugin, 'commands/team/broken.js'), "throw new Error('thrown at once')\n")
    writeFileSync(
      join(plugin, 'commands/team/failing.js'),
      "import {BaseCommand} from '@ep23/sdk'\nexport default class extends BaseCommand { async execute() { throw new Error('thrown later') } }\n",
    )
    await ep23('plugins', 'link', plugin, '--no-install')
    const {code, stdout, stderr} = await ep23('dataset:list', '--lang', 'ru')
    expect(code).to.equal(65)
    expect(stdout).to.equal('')
    const warnings = stderr.split('\n').filter(line => line.startsWith('Внимание: '))
    expect(warnings.toSorted()).to.deep.equal([
      'Внимание: dataset:list плагина team-plugin не вызывается: так же называется команда @ep23/plugin-dataset',
      'Внимание: команда team:broken плагина team-plugin не загружается и пропущена: thrown at once',
    ])
    expect((await ep23('doctor')).stdout).to.include('! command names: not reached: dataset:list (team-plugin; @ep23')
    const broken = await ep23('team:broken')
    expect(broken.code).to.equal(127)
    expect(broken.stderr).to.match(
      /team:broken of the plugin team-plugin could not be loaded[^]+no command team:broken/u,
    )
    expect((await ep23('team:failing')).stderr).to.match(/thrown later[^]+this is a bug of\s+team-plugin/u)
  })

  describe('that declares a metric of somebody else', () => {
    const CLASH = 'benchmark_digest_records_total'
    const declare = (plugin: string, kind: string, labels: string): void =>
      writeFileSync(
        join(plugin, 'metrics.js'),
        `import {defineMetrics} from '@ep23/sdk'
        export const teamMetrics = defineMetrics({greetings: {kind: '${kind}', name: '${CLASH}', help: 'Clash of two names.', unit: 'documents', labels: ${labels}}})`,
      )
    const made = (name: string): string => {
      mkdirSync(join(folder.path, name))
      return join(folder.path, name)
    }
    const exposed = async (): Promise<string[]> =>
      (await ep23('observability:metrics')).stdout.split('\n').filter(line => line.includes(CLASH))

    for (const [kind, labels] of [
      ['gauge', '{channel: {atMost: 50}}'],
      ['counter', '{channel: {atMost: 50}}'],
      ['counter', '{step: ["one"]}'],
    ] as const)
      it(`is refused by name, with the ${kind} ${labels}, and /metrics stays as it is`, async () => {
        await (await openStore(`${folder.path}/.ep23/store.sqlite`)).dispose()
        const {stdout} = await ep23('observability:metrics')
        expect(stdout).to.include(`# TYPE ${CLASH} counter`)
        const before = await exposed()
        const plugin = makeTeamPlugin(folder.path)
        addPeers(plugin)
        declare(plugin, kind, labels)
        await ep23('plugins', 'link', plugin, '--no-install')

        const greeted = await ep23('team:greet')
        expect(greeted.code, greeted.stderr).to.equal(65)
        expect(greeted.stderr).to.include('METRIC_POLICY').and.include(CLASH).and.include('one-owner')
        expect(greeted.stderr).to.include('team-plugin').and.include('@ep23/plugin-dataset')
        expect(await exposed()).to.deep.equal(before)
        const {code, stdout: policy} = await ep23('observability:policy', '--json', '--no-live')
        expect(code).to.equal(2)
        expect(JSON.parse(policy).data.findings).to.deep.include({
          rule: 'one-owner',
          metric: CLASH,
          problem: 'belongs to @ep23/plugin-dataset; team-plugin must choose another name',
        })
        expect((await ep23('doctor')).stdout).to.match(/! metric names: .*@ep23\/plugin-dataset; team-plugin/u)
      })

    it('stays with the plugin that was linked first, of two that a team linked', async () => {
      const first = makeTeamPlugin(made('one'))
      const second = makeTeamPlugin(made('two'))
      for (const plugin of [first, second]) addPeers(plugin)
      const manifest = join(second, 'package.json')
      writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('"team-plugin"', '"other-plugin"'))
      renameSync(join(second, 'commands/team'), join(second, 'commands/other'))
      for (const plugin of [first, second]) await ep23('plugins', 'link', plugin, '--no-install')

      expect((await ep23('team:greet')).code).to.equal(0)
      const {code, stderr} = await ep23('other:greet')
      expect(code, stderr).to.equal(65)
      expect(stderr.replaceAll(/\s+/gu, ' ')).to.include(
        'team_greetings_total belongs to team-plugin, other-plugin must choose another name',
      )
      const {stdout} = await ep23('observability:metrics')
      expect(stdout.match(/^team_greetings_total.*$/gmu)).to.deep.equal(['team_greetings_total{channel="@team"} 1'])
    })
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
      const runs = samples.find(({name, labels}) => name === 'ep23_runs_total' && labels['command'] === 'team:greet')
      expect(runs).to.include({value: 1})
    } finally {
      await store.dispose()
    }
  }
})
