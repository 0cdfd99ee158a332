import {spawnSync} from 'node:child_process'
import {cpSync, mkdirSync, readdirSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'

import {temporaryFolder} from './helpers/run-ep23.ts'
import {pack} from './helpers/team-plugin.ts'

describe('the packed tarball', function () {
  this.timeout(240_000)
  let folder: ReturnType<typeof temporaryFolder>
  before(() => (folder = temporaryFolder()))
  after(() => folder.remove())

  it('installs globally on a clean prefix and runs in an empty folder', () => {
    const tarball = pack(join(import.meta.dirname, '../bundle'), folder.path)
    const prefix = join(folder.path, 'prefix')
    const installed = spawnSync(
      'npm',
      ['install', '--global', '--prefix', prefix, '--prefer-offline', '--omit=dev', tarball],
      {
        cwd: folder.path,
        encoding: 'utf8',
      },
    )
    expect(installed.status, installed.stderr).to.equal(0)

    const files = readdirSync(prefix, {recursive: true, withFileTypes: true}).filter(entry => entry.isFile())
    expect(files.length).to.be.below(3000)
    expect(files.filter(({name}) => name === 'package.json').length).to.be.at.most(60)

    const work = join(folder.path, 'work')
    mkdirSync(work)
    const ep23 = (...args: string[]) =>
      spawnSync(join(prefix, 'bin/ep23'), args, {cwd: work, encoding: 'utf8', env: environment(folder.path)})
    expect(ep23('--version').stdout).to.match(/^ep23\/0\.1\.0 /u)
    const started = ep23('init', '--yes', '--json')
    expect(started.status, started.stdout).to.equal(0)
    expect(JSON.parse(started.stdout).data.files).to.deep.include({
      path: 'config/retrieval_rerank_config.yaml',
      status: 'written',
    })
    const created = ep23('plugins:create', 'team-plugin', '--json')
    expect(JSON.parse(created.stdout).data, created.stdout).to.include({sdk: true})
    const seeded = ep23('dataset:seed', '--json')
    expect(seeded.status, seeded.stderr).to.equal(0)
    expect(JSON.parse(seeded.stdout).data.totals.digests).to.include({total: 150, synthetic: 150})
    const doctor = ep23('doctor', '--json')
    expect(doctor.status, doctor.stdout).to.equal(0)
    for (const folder of ['grafana', 'prometheus', 'docs'])
      cpSync(join(import.meta.dirname, '..', folder), join(work, folder), {recursive: true})
    const checked = ep23('observability:provision:check', '--json')
    expect(JSON.parse(checked.stdout).error?.message ?? '', checked.stdout).to.not.include('Cannot find package')
    const help = ep23('benchmark:run', '--help')
    expect(help.stdout).to.include('USAGE')
  })
})

// npm scripts put Node 24 first on the PATH; nothing else of this checkout may reach the installed copy.
function environment(home: string): Record<string, string> {
  return {PATH: process.env['PATH'] ?? '', HOME: home}
}
