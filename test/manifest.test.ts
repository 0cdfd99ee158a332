import {spawnSync} from 'node:child_process'
import {existsSync, readFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'

const root = join(import.meta.dirname, '..')

describe("the host's manifest", () => {
  it('is committed as the build writes it', function () {
    if (!existsSync(join(root, '.git'))) this.skip()
    const staged = spawnSync('git', ['show', ':oclif.manifest.json'], {cwd: root, encoding: 'utf8'})
    const built = readFileSync(join(root, 'oclif.manifest.json'), 'utf8')
    expect(staged.stdout, 'run `npm run build` and commit oclif.manifest.json').to.equal(built)
  })
})
