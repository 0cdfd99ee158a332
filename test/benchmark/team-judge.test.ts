import {writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'

import {openStore} from '#src/store/open-store.js'
import {readTotals} from '#src/telemetry/stored-metrics.js'
import {totalsAsSamples} from '#src/telemetry/totals.js'

import {samplesOf} from '../../plugins/benchmark/test/sample/samples.ts'
import {problemsOfOutput} from '../helpers/json-data.ts'
import {type Ended, runEp23, temporaryFolder} from '../helpers/run-ep23.ts'
import {addPeers, makeTeamPlugin} from '../helpers/team-plugin.ts'

const THEIRS = ['benchmark:run', '--scenario', 'team_brevity_ru', '--judge', 'team_brevity', '-d', 'data.jsonl']

describe("a team's own judge and scenario", function () {
  this.timeout(120_000)
  let folder: ReturnType<typeof temporaryFolder>
  before(async () => {
    folder = temporaryFolder()
    const plugin = makeTeamPlugin(folder.path)
    addPeers(plugin)
    const samples = samplesOf(30, number => (number === 7 ? {summary_markdown: 'Новостей не было.'} : {}))
    writeFileSync(inFolder('data.jsonl'), samples.map(sample => `${JSON.stringify(sample)}\n`).join(''))
    const linked = await ep23(['plugins', 'link', plugin, '--no-install'])
    expect(linked.code, linked.stderr).to.equal(0)
  })
  after(() => folder.remove())

  const inFolder = (name: string): string => join(folder.path, name)
  const ep23 = (args: string[]): Promise<Ended> => runEp23(args, {cwd: folder.path})
  const configure = (longest: number): void =>
    writeFileSync(inFolder('ep23.config.yaml'), `benchmark:\n  longest: ${longest}\n`)

  it('judge a dataset by their own thresholds, settings and reasons, and are archived like any other', async () => {
    configure(400)
    const {code, stdout, stderr} = await ep23([...THEIRS, '-o', 'out', '--json'])
    expect(code, stderr + stdout).to.equal(0)
    expect(problemsOfOutput(stdout)).to.deep.equal([])
    const {data} = JSON.parse(stdout)
    expect(data.identity.judge).to.deep.include({
      name: 'team_brevity',
      scale: 'team',
      signature: 'team_brevity|longest:400|v:1',
      settings: {longest: 400},
    })
    expect(data.scenario).to.include({name: 'team_brevity_ru', title: 'Short digests'})
    expect(
      data.assessment.gates.map(({scale, metric, verdict}: Record<string, string>) => [scale, metric, verdict]),
    ).to.deep.equal([
      ['team', 'brevity', 'pass'],
      ['any', 'measured_share', 'pass'],
    ])
    expect(data.assessment.samples).to.deep.include({measured: 29, unmeasured: {not_applicable: 1}})
    const verified = await ep23(['benchmark:verify', 'out', '--json'])
    expect(verified.code, verified.stdout).to.equal(0)
    expect(JSON.parse(verified.stdout).data.notes.join()).to.include('only the judge team_brevity knows how it scores')
  })

  it('have a series of their own for each of their scores', async () => {
    const store = await openStore(inFolder('.ep23/store.sqlite'))
    try {
      const values = totalsAsSamples(await readTotals(store)).flatMap(sample =>
        sample.name === 'benchmark_metric_value' && sample.kind === 'gauge'
          ? [[sample.labels['metric'], sample.value]]
          : [],
      )
      expect(Object.fromEntries(values)).to.have.all.keys('brevity', 'links', 'latency_seconds', 'measured_share')
    } finally {
      await store.dispose()
    }
  })

  it('fail the run by those thresholds, and end it by an error of their own', async () => {
    configure(130)
    const failed = await ep23([...THEIRS, '-o', 'strict'])
    expect(failed.code, failed.stderr).to.equal(2)
    expect(failed.stdout).to.include('FAIL: team_brevity_ru')
    configure(-1)
    const refused = await ep23([...THEIRS, '--json'])
    expect(refused.code).to.equal(64)
    expect(JSON.parse(refused.stdout).error).to.include({code: 'TEAM_BAD_LONGEST'})
  })

  it('are named beside those of the product when another is asked for', async () => {
    const {code, stderr} = await ep23(['benchmark:run', '-s', 'team_brevity_ru', '-j', 'oracle', '-d', 'data.jsonl'])
    expect(code).to.equal(64)
    expect(stderr).to.include('known: lexical, recorded, llm, injection, team_brevity')
  })
})
