import {spawnSync} from 'node:child_process'
import {cpSync, mkdirSync, symlinkSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'

import {expect} from 'chai'

import {temporaryFolder} from './helpers/run-ep23.ts'

const root = join(import.meta.dirname, '..')
const NAMES = [
  '.mocharc.js',
  'test/helpers/shared-data.js',
  'test/helpers/live-test.ts',
  'test/helpers/messages-in-english.ts',
]
const TESTS = {
  'test/plain.test.ts': `it('plain ran', () => {})\n`,
  'test/reads.test.ts': `import {readFileSync} from 'node:fs'\nreadFileSync('../shared/data/x.json')\n`,
  'test/by-helper.test.ts': `import './helpers/reads.ts'\nit('never', () => {})\n`,
  'test/helpers/reads.ts': `import {readFileSync} from 'node:fs'\nreadFileSync('../shared/data/x.json')\n`,
}

describe('a clone without ../shared/data', () => {
  const folder = temporaryFolder()
  after(() => folder.remove())

  it('runs every test but those that read it, by themselves or by a helper, and says how many those are', () => {
    const clone = join(folder.path, 'clone')
    for (const name of NAMES) cpSync(join(root, name), join(clone, name), {recursive: true})
    for (const [name, text] of Object.entries({'package.json': '{"type": "module"}', ...TESTS})) {
      mkdirSync(dirname(join(clone, name)), {recursive: true})
      writeFileSync(join(clone, name), text)
    }
    symlinkSync(join(root, 'node_modules'), join(clone, 'node_modules'))
    // This test may run in a worker of mocha's: the one that it starts is none.
    const {MOCHA_WORKER_ID: _, ...env} = process.env
    const {stdout, stderr, status} = spawnSync(
      process.execPath,
      [join(root, 'node_modules/mocha/bin/mocha.js'), 'test/**/*.test.ts'],
      {cwd: clone, encoding: 'utf8', env},
    )
    expect(stdout, stderr).to.include('plain ran').and.include('1 passing').and.not.include('never')
    expect(stderr).to.include('2 files of tests that read it are left out')
    expect(status).to.equal(0)
  })
})
