import {writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'

import {GrafanaStandIn} from '../helpers/grafana-stand-in.ts'
import {problemsOfOutput} from '../helpers/json-data.ts'
import {runEp23, temporaryFolder, type Ended} from '../helpers/run-ep23.ts'

const root = join(import.meta.dirname, '../..')
const TOKEN = 'glsa_0123456789abcdef'

describe('observability:provision:apply', function () {
  this.timeout(30_000)
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
      ...['benchmarks', 'dataset', 'exporters', 'observability', 'rag'].map(uid => `${uid} create`),
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

  it('exits 77 for a token that is refused, without showing it', async () => {
    writeFileSync(join(folder.path, 'token'), 'another-token-of-mine')
    const {code, stdout, stderr} = await apply()
    expect(code).to.equal(77)
    expect(JSON.parse(stdout).error.message).to.include('401').and.include('/api/folders/ep23')
    expect(stdout + stderr).to.not.include('another-token-of-mine')
  })

  it('exits 69 when Grafana does not answer, and 64 for a password in the address', async () => {
    expect((await applyTo('http://127.0.0.1:1')).code).to.equal(69)
    expect((await applyTo('http://me:secret@127.0.0.1:1')).code).to.equal(64)
  })
})
