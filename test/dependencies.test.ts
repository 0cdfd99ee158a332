import {spawnSync} from 'node:child_process'
import {mkdtempSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {expect} from 'chai'

describe('what a user installs', () => {
  it('has licences we know, and no install script that nobody decided', function () {
    this.timeout(120_000)
    const program = join(import.meta.dirname, '../scripts/sbom.js')
    const {status, stdout, stderr} = spawnSync(process.execPath, [program, '--check'], {encoding: 'utf8'})
    expect(status, stderr).to.equal(0)
    expect(stdout).to.match(/^ *\d+ {2}MIT$/mu)
  })

  const advisories = (events: object[]): ReturnType<typeof spawnSync> => {
    const record = {
      id: 'OSV-1',
      summary: 'a fault',
      affected: [{package: {ecosystem: 'npm', name: 'yaml'}, ranges: [{type: 'SEMVER', events}]}],
    }
    const file = join(mkdtempSync(join(tmpdir(), 'ep23-test-')), 'osv.json')
    writeFileSync(file, JSON.stringify(record))
    return spawnSync(process.execPath, [join(import.meta.dirname, '../scripts/advisories.js'), file], {
      encoding: 'utf8',
    })
  }

  it('is held against advisories from a file', () => {
    const hit = advisories([{introduced: '0'}, {fixed: '99.0.0'}])
    expect(hit.status, String(hit.stderr)).to.equal(1)
    expect(hit.stdout).to.match(/yaml 2\.\S+: OSV-1 a fault/u)
    expect(advisories([{introduced: '0'}, {fixed: '0.1.0'}]).status).to.equal(0)
    expect(advisories([{introduced: '98.0.0'}]).status).to.equal(0)
  })
})
