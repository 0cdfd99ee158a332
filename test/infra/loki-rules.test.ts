import {globSync, readFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'
import {parse} from 'yaml'

import {evaluateLogql, type LogLine} from '../helpers/logql.ts'
import {runEp23, temporaryFolder} from '../helpers/run-ep23.ts'

const file = join(import.meta.dirname, '../../prometheus/loki-rules.yml')
const {groups} = parse(readFileSync(file, 'utf8')) as {groups: {rules: {alert: string; expr: string}[]}[]}
const rules = new Map(groups.flatMap(group => group.rules.map(({alert, expr}) => [alert, expr])))

const NOW = 100_000
const logged = (count: number, secondsAgo: number, fields: Record<string, unknown> = {}, level = 'error'): LogLine[] =>
  Array.from({length: count}, () => ({
    at: NOW - secondsAgo,
    labels: {service: 'ep23-cli', level},
    line: {msg: 'step failed', ...fields},
  }))

interface Case {
  fires: LogLine[]
  quiet: LogLine[][]
}

const failedExport = {stage: 'exporters:run', msg: 'command failed'}

const cases: Record<string, Case> = {
  ErrorLogs: {
    fires: logged(11, 60),
    quiet: [logged(10, 60), logged(11, 901), logged(11, 60, {}, 'warn')],
  },
  ExportFailedInLogs: {
    fires: logged(1, 60, failedExport),
    quiet: [logged(1, 60, {...failedExport, stage: 'dataset:seed'}), logged(1, 3601, failedExport), logged(1, 60)],
  },
}

describe('the alert rules for Loki', () => {
  it('each have a case in which they fire and one in which they do not', () => {
    expect([...rules.keys()].toSorted()).to.deep.equal(Object.keys(cases).toSorted())
  })

  for (const [alert, {fires, quiet}] of Object.entries(cases)) {
    it(`${alert} fires, for the service that logged`, () => {
      expect(evaluateLogql(rules.get(alert) ?? '', fires, NOW)).to.deep.equal([
        {labels: {service: 'ep23-cli'}, value: fires.length},
      ])
    })

    it(`${alert} stays quiet below its bound, later, and for other lines`, () => {
      for (const lines of quiet) expect(evaluateLogql(rules.get(alert) ?? '', lines, NOW)).to.deep.equal([])
    })
  }

  it('see an export that really failed in the lines that it has logged', async () => {
    const folder = temporaryFolder()
    try {
      expect((await runEp23(['exporters:run', 'digests'], {cwd: folder.path})).code).to.equal(65)
      const lines = loggedIn(join(folder.path, '.ep23/logs'))
      expect(evaluateLogql(rules.get('ExportFailedInLogs') ?? '', lines, NOW)).to.deep.equal([
        {labels: {service: 'ep23-cli'}, value: 1},
      ])
    } finally {
      folder.remove()
    }
  }).timeout(20_000)

  it('are evaluated by a part of LogQL that refuses the rest', () => {
    const refused = ['topk(1, count_over_time({a="b"}[5m]))', 'sum(count_over_time({service=~".+"} |= "x" [5m])) > 1']
    for (const query of refused) expect(() => evaluateLogql(query, logged(1, 1), NOW), query).to.throw()
  })
})

/** The lines of all log files with the stream labels that a shipper gives them, as if they were written just now. */
function loggedIn(folder: string): LogLine[] {
  const files = globSync('*.log', {cwd: folder})
  const lines = files.flatMap(file => readFileSync(join(folder, file), 'utf8').trimEnd().split('\n'))
  return lines.map(text => {
    const line = JSON.parse(text) as Record<string, unknown>
    return {at: NOW, labels: {service: String(line['name']), level: String(line['lvl'])}, line}
  })
}
