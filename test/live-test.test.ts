import {spawnSync} from 'node:child_process'
import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {pathToFileURL} from 'node:url'

import {expect} from 'chai'

import {cannotRun} from './helpers/live-test.ts'
import {temporaryFolder} from './helpers/run-ep23.ts'

const liveTest = join(import.meta.dirname, 'helpers/live-test.ts')
const mocha = join(import.meta.dirname, '../node_modules/mocha/bin/mocha.js')
const imported = `import {leaveOut} from '${pathToFileURL(liveTest).href}'`

describe('a live test that cannot run', () => {
  const before = process.env['CI']
  const hook = {
    skip(): never {
      throw new Error('skipped')
    },
  }
  afterEach(() => {
    if (before === undefined) delete process.env['CI']
    else process.env['CI'] = before
  })

  it('fails on CI, and says how to have it', () => {
    process.env['CI'] = 'true'
    expect(() => cannotRun(hook, 'moon landings', 'apt-get install moon')).to.throw(
      'live tests not run: moon landings; to have them: apt-get install moon',
    )
  })

  it('is named in one line at the end with those of all other files, each remedy once', () => {
    const folder = temporaryFolder()
    const leavesOut = (name: string): string => {
      const file = join(folder.path, `${name}.test.mjs`)
      writeFileSync(file, `${imported}\nit('waits', function () { leaveOut(this, '${name}', 'get ready') })\n`)
      return file
    }
    const args = ['--no-config', '--parallel', '--jobs', '2', '--require', liveTest, ...['rain', 'snow'].map(leavesOut)]
    const {stdout, stderr} = spawnSync(process.execPath, [mocha, ...args], {encoding: 'utf8'})
    folder.remove()
    expect(stdout).to.include('2 pending')
    expect(stderr.trim()).to.match(/^live tests not run: (rain, snow|snow, rain); to have them: get ready$/u)
  })
})
