import {globSync, readFileSync} from 'node:fs'
import {fileURLToPath} from 'node:url'

import {expect} from 'chai'
import {parse} from 'yaml'

import {programs} from '#src/adapters/infra/programs.js'

const root = fileURLToPath(new URL('../../../../..', import.meta.url))

describe('the generated configuration of Prometheus', () => {
  const place = {port: 9090, folder: '/folder', running: [], scrape: {targets: ['127.0.0.1:9123'], rules: []}}
  const {files} = programs.prometheus.launch('prometheus', place)
  const config: {scrape_configs: {job_name: string}[]} = parse(files?.['prometheus.yml'] ?? '')
  const jobs = config.scrape_configs.map(({job_name}) => job_name)

  it('has every job that a shipped rule or dashboard names', () => {
    const named = globSync(['prometheus/rules/*.yml', 'grafana/**/*.json'], {cwd: root}).flatMap(file =>
      [...readFileSync(`${root}/${file}`, 'utf8').matchAll(/\bjob=\\?"(?<job>[\w-]+)\\?"/gu)].map(
        ({groups}) => groups?.['job'],
      ),
    )
    expect(named).to.not.deep.equal([])
    expect(jobs).to.include.members(named)
  })
})
