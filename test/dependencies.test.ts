import {spawnSync} from 'node:child_process'
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
})
