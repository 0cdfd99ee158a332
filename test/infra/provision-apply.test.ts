import {writeFileSync} from 'node:fs'
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {join} from 'node:path'

import {expect} from 'chai'

import {GrafanaStandIn} from '../helpers/grafana-stand-in.ts'
import {problemsOfOutput} from '../helpers/json-data.ts'
import {runEp23, temporaryFolder, type Ended} from '../helpers/run-ep23.ts'

const root = join(import.meta.dirname, '../..')
const NAMES = ['benchmarks', 'daily', 'dataset', 'exporters', 'observability', 'rag']
const TOKEN = 'glsa_0123456789abcdef'

describe('observability:provision:apply', function () {
  this.timeout(120_000)
  let folder: ReturnType<typeof temporaryFolder>
  let grafana: GrafanaStandIn
  let url: string
  beforeEach(async () => {
    folder = temporaryFolder()
    writeFileSync(join(folder.path, 'token'), `${TOKEN}\n`)
    grafana = new GrafanaStandIn(TOKEN)
    url = await grafana.start()
  })
  afterEach(async () => {
    await grafana.stop()
    folder.remove()
  })

  const applyTo = (address: string, ...args: string[]): Promise<Ended> =>
    runEp23(
      [
        'observability:provision:apply',
        '--grafana',
        address,
        '--token-file',
        'token',
        '--root',
        root,
        '--json',
        ...args,
      ],
      {cwd: folder.path, env: {EP23_LANG: 'en'}},
    )
  const apply = (...args: string[]): Promise<Ended> => applyTo(url, ...args)
  async function actions(...args: string[]): Promise<string[]> {
    const {code, stdout, stderr} = await apply(...args)
    expect(code, stderr + stdout).to.equal(0)
    expect(problemsOfOutput(stdout)).to.deep.equal([])
    return JSON.parse(stdout).data.items.map((item: Record<string, string>) => `${item['uid']} ${item['action']}`)
  }

  it('creates everything once; a second run writes nothing', async () => {
    const first = await actions()
    expect(first).to.have.members([
      'ep23 create',
      'ep23-prometheus create',
      ...NAMES.map(name => `${name} create`),
      ...['benchmarks', 'daily', 'dataset', 'exporters', 'infrastructure', 'observability', 'rag'].map(
        name => `ep23-${name} create`,
      ),
    ])
    expect(grafana.dashboards.get('rag')?.meta).to.include({folderUid: 'ep23', version: 1})
    grafana.writes.length = 0
    expect((await actions()).every(item => item.endsWith(' unchanged'))).to.equal(true)
    expect(grafana.writes).to.deep.equal([])
  })

  it('writes nothing with --plan, and says what it would', async () => {
    expect((await actions('--plan')).every(item => item.endsWith(' create'))).to.equal(true)
    expect(grafana.writes).to.deep.equal([])
  })

  it('mends what was changed by hand, and only that', async () => {
    await actions()
    const stored = grafana.dashboards.get('rag')
    if (stored) stored.dashboard['title'] = 'mine'
    Object.assign(grafana.datasources.get('ep23-prometheus') ?? {}, {url: 'http://elsewhere'})
    grafana.writes.length = 0
    const changed = (await actions()).filter(item => !item.endsWith(' unchanged'))
    expect(changed).to.deep.equal(['ep23-prometheus update', 'rag update'])
    expect(grafana.writes).to.deep.equal(['PUT /api/datasources/uid/ep23-prometheus', 'POST /api/dashboards/db'])
    expect(grafana.dashboards.get('rag')?.dashboard).to.include({title: 'ep23: retrieval', version: 2})
  })

  it('makes alert rules that Grafana evaluates: any series of the query fires, and the words show its value', async () => {
    await actions()
    const {interval, rules} = grafana.ruleGroups.get('ep23/ep23-dataset') ?? {}
    expect(interval, 'a multiple of ten, not below the 15 s of Prometheus').to.equal(20)
    const [rule] = rules
    expect(rule).to.include({title: 'DatasetBelowThirtyDigests', condition: 'C', noDataState: 'OK', for: '5m'})
    expect(rule).to.not.have.property('provenance')
    expect(rule.labels).to.deep.equal({severity: 'critical', service: 'ep23'})
    expect(rule.annotations.description).to.equal(
      '{{ $labels.channel }} has {{ $values.A.Value }} digests; a benchmark needs 30.',
    )
    expect(rule.data.map(({datasourceUid}: {datasourceUid: string}) => datasourceUid)).to.deep.equal([
      'ep23-prometheus',
      '__expr__',
      '__expr__',
    ])
    expect(rule.data[0].model).to.include({expr: 'benchmark_dataset_digests < 30', instant: true})
  })

  it('mends a rule group that was changed by hand, takes rules away that it no longer has, and leaves pauses', async () => {
    await actions()
    const {rules} = grafana.ruleGroups.get('ep23/ep23-dataset') ?? {}
    rules[0].isPaused = true
    grafana.writes.length = 0
    expect((await actions()).every(item => item.endsWith(' unchanged'))).to.equal(true)
    rules[0].data[0].model.expr = 'benchmark_dataset_digests < 3'
    rules.push({...rules[1], uid: 'mine', title: 'Mine'})
    expect((await actions()).filter(item => !item.endsWith(' unchanged'))).to.deep.equal(['ep23-dataset update'])
    expect(grafana.writes).to.deep.equal(['PUT /api/v1/provisioning/folder/ep23/rule-groups/ep23-dataset'])
    const mended: {title: string; isPaused: boolean}[] = grafana.ruleGroups.get('ep23/ep23-dataset')?.['rules']
    expect(mended.map(({title, isPaused}) => [title, isPaused])).to.deep.equal([
      ['DatasetBelowThirtyDigests', true],
      ['DatasetChannelsMissing', false],
    ])
  })

  it('leaves the alerts to Prometheus with --no-alerts', async () => {
    expect((await actions('--no-alerts')).some(item => item.startsWith('ep23-dataset '))).to.equal(false)
    expect(grafana.ruleGroups.size).to.equal(0)
  })

  it('exits 65 with Grafana’s words when it does not accept a rule', async () => {
    grafana.ruleGroups.set('ep23/mine', {rules: [{title: 'RagVarianceHigh'}]})
    const {code, stdout} = await apply()
    expect(code).to.equal(65)
    expect(JSON.parse(stdout).error.message).to.include('400').and.include('a rule with this title already exists')
  })

  it('exits 77 for a token that is refused, without showing it', async () => {
    writeFileSync(join(folder.path, 'token'), 'another-token-of-mine')
    const {code, stdout, stderr} = await apply()
    expect(code).to.equal(77)
    expect(JSON.parse(stdout).error.message).to.include('401').and.include('/api/folders/ep23')
    expect(stdout + stderr).to.not.include('another-token-of-mine')
  })

  it('exits 69 when something else than Grafana answers', async () => {
    for (const answer of ['<!doctype html>', '', 'null', '[]', '"x"', '{}']) {
      const other = createServer((_request, response) => void response.end(answer))
      await new Promise<void>(done => other.listen(0, '127.0.0.1', done))
      const address = `http://127.0.0.1:${(other.address() as AddressInfo).port}`
      const {code, stdout} = await applyTo(address, '--plan')
      other.close()
      expect(code, answer).to.equal(69)
      const {error} = JSON.parse(stdout)
      expect(error.message).to.include(address).and.include('no Grafana')
      expect(error.suggestions.join()).to.include('--grafana')
    }
  })

  it('exits 69 when Grafana does not answer, and 64 for a password in the address', async () => {
    expect((await applyTo('http://127.0.0.1:1')).code).to.equal(69)
    expect((await applyTo('http://me:secret@127.0.0.1:1')).code).to.equal(64)
  })
})
