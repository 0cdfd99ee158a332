import {execFileSync} from 'node:child_process'
import {cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'
import {parse} from 'yaml'

import {debianProgram} from '../helpers/debian-program.ts'
import {requireServers} from '../helpers/infra-servers.ts'
import {problemsOfOutput} from '../helpers/json-data.ts'
import {runEp23, temporaryFolder, type Ended} from '../helpers/run-ep23.ts'

const root = join(import.meta.dirname, '../..')

/** Every alert with its severity. */
function shippedAlerts(): {alert: string; severity: string}[] {
  const folder = join(root, 'prometheus/rules')
  return readdirSync(folder).flatMap(file => {
    const {groups} = parse(readFileSync(join(folder, file), 'utf8')) as {
      groups: {rules: {alert?: string; labels?: {severity: string}}[]}[]
    }
    return groups
      .flatMap(({rules}) => rules)
      .flatMap(({alert, labels}) => (alert && labels ? [{alert, severity: labels.severity}] : []))
  })
}

interface Finding {
  rule: string
  file: string
  place: string
  problem: string
}

describe('observability:provision:check on what is shipped', function () {
  this.timeout(120_000)
  let folder: ReturnType<typeof temporaryFolder>
  beforeEach(() => {
    folder = temporaryFolder()
    for (const part of ['grafana/dashboards', 'grafana/provisioning', 'prometheus', 'docs', 'config/team-prometheus']) {
      mkdirSync(join(folder.path, part), {recursive: true})
      cpSync(join(root, part), join(folder.path, part), {recursive: true})
    }
  })
  afterEach(() => folder.remove())

  const check = (...args: string[]): Promise<Ended> =>
    runEp23(['observability:provision:check', '--json', ...args], {cwd: folder.path})
  const withoutTools = ['--promtool', '/none/promtool', '--amtool', '/none/amtool']
  async function findings(...args: string[]): Promise<Finding[]> {
    const {stdout} = await check(...args)
    expect(problemsOfOutput(stdout)).to.deep.equal([])
    return JSON.parse(stdout).data.findings
  }
  function edit(path: string, change: (text: string) => string): void {
    const before = readFileSync(join(folder.path, path), 'utf8')
    const after = change(before)
    expect(after).to.not.equal(before)
    writeFileSync(join(folder.path, path), after)
  }

  it('finds nothing, by promtool and amtool too', async function () {
    requireServers(this)
    const {code, stdout} = await check('--strict')
    expect(JSON.parse(stdout).data.findings).to.deep.equal([])
    expect(code).to.equal(0)
  })

  it('says what it could not check without promtool and amtool, and fails with --strict', async () => {
    const lenient = await check(...withoutTools)
    expect(lenient.code).to.equal(0)
    expect(JSON.parse(lenient.stdout).data.not_checked).to.have.lengthOf(2)
    expect((await check(...withoutTools, '--strict')).code).to.equal(69)
  })

  it('lets promtool judge the queries of panels', async function () {
    requireServers(this)
    edit('grafana/dashboards/rag.json', text =>
      text.replace('max by (window) (rag_variance_ratio)', 'max by (window) (rag_variance_ratio{window=~\\"(\\"})'),
    )
    const found = await findings()
    expect(found).to.have.lengthOf(1)
    expect(found[0]).to.include({rule: 'promql', file: 'grafana/dashboards/rag.json'})
    expect(found[0]?.place).to.equal('panel "Variance between repeated runs"')
  })

  it('reports an alert test that fails, and a critical alert that reaches the receiver of warnings', async function () {
    requireServers(this)
    edit('prometheus/rules/rag.yml', text => text.replace('> 0.2', '> 0.5'))
    edit('prometheus/alertmanager.yml', text => text.replace('severity="critical"', 'severity="fatal"'))
    const found = await findings()
    expect(found.map(({rule, file}) => `${rule} ${file}`)).to.deep.equal([
      'promql prometheus/tests/rag.yml',
      'alertmanager prometheus/alertmanager.yml',
    ])
  })

  it('knows by amtool the receiver of every alert that is shipped', function () {
    const amtool = debianProgram(this, 'amtool', 'prometheus-alertmanager')
    const config = `--config.file=${join(root, 'prometheus/alertmanager.yml')}`
    const labels = shippedAlerts().map(({alert, severity}) => [
      `alertname=${alert}`,
      `severity=${severity}`,
      'service=ep23',
    ])
    const table = [
      ...labels.map(set => [...set, `ep23-${set[1]?.slice('severity='.length)}`]),
      ['alertname=SomebodyElses', 'severity=info', 'service=other', 'ep23-warning'],
      ['alertname=WithoutSeverity', 'ep23-warning'],
    ]
    for (const row of table) {
      const [receiver, set] = [row.at(-1), row.slice(0, -1)]
      const answer = execFileSync(amtool, ['config', 'routes', 'test', config, ...set], {encoding: 'utf8'})
      expect(answer.trim(), set.join()).to.equal(receiver)
    }
  })

  it('finds a configuration that Alertmanager would not take', async function () {
    requireServers(this)
    edit('prometheus/alertmanager.yml', text => text.replace('group_wait: 30s', 'group_wait: soon'))
    const found = await findings('--promtool', '/none/promtool')
    expect(found.map(({rule, place}) => `${rule} ${place}`)).to.deep.equal(['alertmanager amtool check-config'])
  })

  it('finds conflict markers and a dashboard that is no JSON', async () => {
    edit('prometheus/rules/dataset.yml', text => `<<<<<<< HEAD\n${text}=======\n>>>>>>> other\n`)
    edit('grafana/dashboards/rag.json', text => text.slice(0, -20))
    const found = await findings(...withoutTools)
    const syntax = found.filter(({rule}) => rule === 'syntax').map(({file, place}) => `${file} ${place}`)
    expect(syntax)
      .to.include('prometheus/rules/dataset.yml line 1')
      .and.to.satisfy((list: string[]) => list.some(text => text.startsWith('grafana/dashboards/rag.json')))
  })

  it('finds a metric that only documents know, and one that nobody shows', async () => {
    edit('grafana/dashboards/rag.json', text => text.replaceAll('rag_fallback_reason_total', 'rag_fallback_total'))
    const found = await findings(...withoutTools)
    expect(found.map(({rule, place}) => `${rule}: ${place}`)).to.include.members([
      'metric-catalogue: panel "Rerank fallbacks"',
    ])
    expect(found.some(({problem}) => problem.includes('no plugin declares rag_fallback_total'))).to.equal(true)
  })

  it('refuses a folder that has nothing to check', async () => {
    const {code, stderr} = await runEp23(['observability:provision:check', '--root', 'docs'], {cwd: folder.path})
    expect(code, stderr).to.equal(65)
  })
})
