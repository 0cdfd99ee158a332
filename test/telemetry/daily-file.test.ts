import {spawnSync} from 'node:child_process'
import {mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {createDailyFile} from '#src/telemetry/logger.js'
import {expect} from 'chai'

const day = new Date('2026-01-02T12:00:00Z')

describe('daily file', () => {
  let directory: string
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'ep23-daily-'))
  })
  afterEach(() => rmSync(directory, {recursive: true, force: true}))

  it('keeps the lines of many processes whole', () => {
    const write = `
      const {createDailyFile} = await import(${JSON.stringify(import.meta.resolve('#src/telemetry/logger.js'))})
      const file = createDailyFile({directory: process.argv[1], name: 'x', onFailure: error => { throw error }})
      for (let n = 0; n < 200; n++) file.append(process.pid + ' ' + 'я'.repeat(3000), new Date('2026-01-02'))`
    const shell = `for i in 1 2 3 4; do "$0" --input-type=module -e "$1" "$2" & done; wait`
    const {status, stderr} = spawnSync('sh', ['-c', shell, process.execPath, write, directory], {encoding: 'utf8'})
    expect(stderr).to.equal('')
    expect(status).to.equal(0)
    const lines = readFileSync(join(directory, 'x-2026-01-02.log'), 'utf8').split('\n').slice(0, -1)
    expect(lines).to.have.length(800)
    for (const line of lines) expect(line).to.match(/^\d+ я{3000}$/u)
  })

  it('starts a line of its own after one that could be written only in part', function () {
    if (process.platform === 'win32') this.skip()
    // The shell lets files grow to one block; then the file is made shorter, and there is room again.
    const write = `
      const {truncateSync} = await import('node:fs')
      const {createDailyFile} = await import(${JSON.stringify(import.meta.resolve('#src/telemetry/logger.js'))})
      const file = createDailyFile({directory: process.argv[1], name: 'x', onFailure: error => console.log(error.message)})
      const day = new Date('2026-01-02')
      console.log(file.append('x'.repeat(2000), day))
      truncateSync(process.argv[1] + '/x-2026-01-02.log', 10)
      console.log(file.append('next', day), file.append('last', day))`
    const shell = `trap '' XFSZ; ulimit -f 1; exec "$0" --input-type=module -e "$1" "$2"`
    const {stdout} = spawnSync('sh', ['-c', shell, process.execPath, write, directory], {encoding: 'utf8'})
    expect(stdout).to.match(/^only (512|1024) of 2001 bytes could be written\nfalse\ntrue true\n$/u)
    expect(readFileSync(join(directory, 'x-2026-01-02.log'), 'utf8')).to.equal(`${'x'.repeat(10)}\nnext\nlast\n`)
  })

  it('opens the file again when it was closed', () => {
    const file = createDailyFile({directory, name: 'x', onFailure: () => undefined})
    expect(file.append('one', day)).to.equal(true)
    file.close()
    file.close()
    expect(file.append('two', day)).to.equal(true)
    file.close()
    expect(readFileSync(join(directory, 'x-2026-01-02.log'), 'utf8')).to.equal('one\ntwo\n')
  })
})
